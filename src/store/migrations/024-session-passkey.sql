-- Which passkey began a session: with the passkey its sessions go.
alter table web_session add column passkey text;
create index web_session_passkey on web_session (passkey) where passkey is not null;

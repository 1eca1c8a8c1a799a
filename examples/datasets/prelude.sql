-- What every make.sql beside this file may use. All rows are invented, and the same on every machine: chance is the
-- hash of a number and a word.
create macro die(n, what, sides) as cast(hash(n, what) % sides as integer);

-- The number of choices is said again, because a list that is named twice is made anew for every row.
create macro pick(n, what, sides, choices) as choices[die(n, what, sides) + 1];

-- The invented people of Lanan Province, in no order: resident n, a label for a name, a district, a national number.
--
-- A national number looks like one of GB 11643 (six digits of a place, a birthday, three digits, a check digit) and can
-- be nobody's: no place has a number that begins with 99, and the check digit is one too high. Month and day together
-- with the three digits are another for every n, so no two residents share a number.
create view residents as
with
  numbered as (
    select
      cast(n as integer) as n,
      die(n, 'district', 8) as place,
      -- Who has a degree was about 22 in the year of the award; see degrees/make.sql.
      case
        when n <= 200000 then 2000 + (44 - (n - 1) // 8000) % 25 - 21 - die(n, 'born', 4)
        else 1945 + die(n, 'born', 60)
      end as year,
      (n // 1000 * 187 + n % 1000 * 5) % 336 as birthday
    from
      range(1, 300001) t (n)
  ),
  dated as (
    select
      n,
      place,
      cast(year as integer) as year,
      birthday % 12 + 1 as month,
      birthday // 12 + 1 as day,
      n % 1000 as digits
    from
      numbered
  ),
  checked as (
    select
      *,
      (
        7 * 9 + 9 * 9 + 10 * 0 + 5 * (place + 1) + 8 * 0 + 4 * 1
        + 2 * (year // 1000) + 1 * (year // 100 % 10) + 6 * (year // 10 % 10) + 3 * (year % 10)
        + 7 * (month // 10) + 9 * (month % 10)
        + 10 * (day // 10) + 5 * (day % 10)
        + 8 * (digits // 100) + 4 * (digits // 10 % 10) + 2 * (digits % 10)
      ) % 11 as weighted
    from
      dated
  )
select
  n,
  format('Resident {:04d}', n) as name,
  ['Lanzhong', 'Yunping', 'Qingtan', 'Baihu', 'Heshu', 'Shilan', 'Nanqi', 'Dongmu'][place + 1] as district,
  -- The right digit is (12 - weighted) % 11, with X for ten; seven in its place is wrong as well.
  format(
    '99{:02d}01{:04d}{:02d}{:02d}{:03d}{:d}',
    place + 1, year, month, day, digits,
    case when weighted = 2 then 7 else ((12 - weighted) % 11 + 1) % 10 end
  ) as national_number
from
  checked;

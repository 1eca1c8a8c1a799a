export function sourcesOfEdition(): string[];
export function editionDigest(): string;

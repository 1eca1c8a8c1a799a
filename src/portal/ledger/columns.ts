/** Bytes that grow: whole numbers from 0 to 2^53 as LEB128. */
export type ByteColumn = {
  readonly add: (n: number) => void;
  /** From -2^53 to 2^53: the lowest bit of the first byte is the sign, its next six begin the number. */
  readonly addSigned: (n: number) => void;
  readonly bytes: () => Uint8Array;
};

const BYTES_FIRST = 1 << 16;
/** LEB128 of numbers up to 2^53 takes 8 bytes. */
const NUMBER_BYTES_MAX = 9;

export function byteColumn(): ByteColumn {
  let bytes = new Uint8Array(BYTES_FIRST);
  let length = 0;

  function add(n: number): void {
    makeRoom();
    let left = n;
    while (left >= 128) {
      // Remainders, not bits: bits end at 2^32.
      put((left % 128) | 128);
      left = Math.floor(left / 128);
    }
    put(left);
  }

  function addSigned(n: number): void {
    const size = Math.abs(n);
    const first = (size % 64) * 2 + (n < 0 ? 1 : 0);
    if (size < 64) return add(first);
    makeRoom();
    put(first | 128);
    add(Math.floor(size / 64));
  }

  function put(byte: number): void {
    bytes[length] = byte;
    length += 1;
  }

  function makeRoom(): void {
    if (length + NUMBER_BYTES_MAX <= bytes.length) return;
    const larger = new Uint8Array(bytes.length * 2);
    larger.set(bytes);
    bytes = larger;
  }

  return { add, addSigned, bytes: () => bytes.slice(0, length) };
}

/** Texts a line each, in UTF-8. A line break within a text is a blank there. */
export type TextColumn = {
  readonly add: (text: string) => void;
  readonly bytes: () => Uint8Array;
};

export function textColumn(): TextColumn {
  const lines: string[] = [];
  return {
    add: (text) => {
      lines.push(text.includes("\n") ? text.replaceAll("\n", " ") : text);
    },
    bytes: () => new TextEncoder().encode(lines.join("\n")),
  };
}

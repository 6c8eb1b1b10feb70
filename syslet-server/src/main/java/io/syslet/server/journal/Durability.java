package io.syslet.server.journal;

/** What a record of the journal survives. */
public enum Durability {
  /** The server's death: a record is in the page cache when the method that writes it returns. */
  PAGE_CACHE,

  /** A power cut too: {@link Writer#sync} returns when all before it is on the disk. */
  FSYNC
}

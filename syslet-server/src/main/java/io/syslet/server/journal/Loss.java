package io.syslet.server.journal;

/**
 * What a journal had lost when it was opened, or read.
 *
 * @param records that were written and are gone: those missing, as their numbers tell, and those
 *     behind the damage, without which they mean nothing.
 * @param bytes behind the damage that are not zero.
 * @param missing bytes by which the file is shorter than it was made; what was there, nobody knows.
 * @param text one line that says it, empty if nothing was lost.
 */
public record Loss(long records, long bytes, long missing, String text) {
  /** Nothing was lost. A record that the server was just writing when it died is no loss. */
  public static final Loss NONE = new Loss(0, 0, 0, "");

  /** What is missing at a place. */
  static Loss at(String file, long position, long records, long bytes, long missing) {
    String cut = missing > 0 ? ", the file is " + missing + " bytes shorter than it was made" : "";
    return new Loss(
        records,
        bytes,
        missing,
        "damaged at byte "
            + position
            + " of "
            + file
            + ": "
            + records
            + " records and "
            + bytes
            + " bytes lost"
            + cut);
  }

  /** No file could be used: what the journal held is lost. */
  static Loss of(int files) {
    return new Loss(
        0,
        0,
        0,
        files == 0
            ? "empty, though a server has written it: its files were removed"
            : "unreadable: none of its " + files + " files begins with a whole state");
  }

  /** A file is whole, but of another version. */
  static Loss ofLayout(int version) {
    String read = "of layout " + version + ", and only layout " + RecordLayout.VERSION + " is read";
    return new Loss(0, 0, 0, read + ": what it held is lost");
  }

  /** Whether nothing was lost. */
  public boolean isNone() {
    return text.isEmpty();
  }
}

package io.syslet.examples.copy;

import java.io.ByteArrayOutputStream;

/** A name of the original, to be copied. */
final class Entry implements Item {
  final CopiedFolder in;
  final byte[] from;
  final byte[] to;
  final int type;

  /**
   * To be copied.
   *
   * @param in its folder.
   * @param from the name there.
   * @param to the name of the copy.
   * @param type a DT constant of {@link io.syslet.Dirent}.
   */
  Entry(CopiedFolder in, byte[] from, byte[] to, int type) {
    this.in = in;
    this.from = from;
    this.to = to;
    this.type = type;
  }

  /** The path of the original, to be shown. */
  byte[] fromPath() {
    return join(in.fromPath(), from);
  }

  /** The path of the copy, to be shown. */
  byte[] toPath() {
    return join(in.toPath(), to);
  }

  /** A path and a name, one slash between them; the name alone after an empty path. */
  static byte[] join(byte[] path, byte[] name) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(path.length + 1 + name.length);
    all.writeBytes(path);
    if (path.length > 0 && path[path.length - 1] != '/') {
      all.write('/');
    }
    all.writeBytes(name);
    return all.toByteArray();
  }
}

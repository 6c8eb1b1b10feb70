package io.syslet.kernel.sim.fs;

import io.syslet.CString;
import io.syslet.Errno;

/** The text of a path, of which one component after the other is taken. One walk's. */
final class PathText {
  /** What a component is. */
  enum Kind {
    NAME,
    DOT,
    DOTDOT,
    /** There is none: the path is {@code /}, or empty. */
    ROOT
  }

  private byte[] bytes = new byte[0];
  private int position;

  /** Of the component: where it is in {@link #bytes}. */
  private int from;

  private int length;
  private boolean slashes;
  private Kind kind = Kind.ROOT;

  /** Takes the path over from the program: 0; −ENAMETOOLONG; −ENOENT if it is empty. */
  int read(long address, boolean mayBeEmpty) {
    int count = CString.length(address, CString.PATH_MAX);
    if (count == CString.PATH_MAX) {
      return -Errno.ENAMETOOLONG;
    }
    if (count == 0 && !mayBeEmpty) {
      return -Errno.ENOENT;
    }
    bytes = new byte[count];
    position = 0;
    UserCopy.in(address, bytes, 0, count);
    return 0;
  }

  boolean isAbsolute() {
    return bytes.length > 0 && bytes[0] == '/';
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Forgets the component, before the first one is taken. */
  void begin() {
    kind = Kind.ROOT;
  }

  /** Goes to the next component, if there is one. */
  boolean next() {
    position = behindSlashes();
    if (position == bytes.length) {
      return false;
    }
    from = position;
    while (position < bytes.length && bytes[position] != '/') {
      position++;
    }
    length = position - from;
    slashes = position < bytes.length;
    kind = kindOfComponent();
    return true;
  }

  private int behindSlashes() {
    int i = position;
    while (i < bytes.length && bytes[i] == '/') {
      i++;
    }
    return i;
  }

  private Kind kindOfComponent() {
    boolean dot = bytes[from] == '.';
    if (dot && length == 1) {
      return Kind.DOT;
    }
    return dot && length == 2 && bytes[from + 1] == '.' ? Kind.DOTDOT : Kind.NAME;
  }

  /** Whether there is a component behind this one. */
  boolean hasMore() {
    return behindSlashes() < bytes.length;
  }

  /** Puts what a symbolic link says in the place of the component. */
  void insert(byte[] target) {
    byte[] whole = new byte[target.length + bytes.length - position];
    System.arraycopy(target, 0, whole, 0, target.length);
    System.arraycopy(bytes, position, whole, target.length, bytes.length - position);
    bytes = whole;
    position = 0;
    kind = Kind.ROOT;
  }

  /** What the component is. */
  Kind kind() {
    return kind;
  }

  /** Whether slashes follow the component. */
  boolean slashes() {
    return slashes;
  }

  /** Where the component begins in {@link #bytes}. */
  int from() {
    return from;
  }

  /** Bytes of the component. */
  int length() {
    return length;
  }

  /** The whole path; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The component, of its own. */
  byte[] name() {
    byte[] name = new byte[length];
    System.arraycopy(bytes, from, name, 0, length);
    return name;
  }
}

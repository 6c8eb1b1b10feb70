package io.syslet.examples;

import io.syslet.CString;
import java.util.Arrays;

/** Paths as the bytes they are: the directory of the walk as it was given, and names. */
final class Paths {
  private Paths() {}

  /** The path of a directory. */
  static byte[] of(Directory directory) {
    byte[] path = new byte[length(directory)];
    fill(path, directory);
    return path;
  }

  /** The path of a directory with a slash behind it. */
  static byte[] below(Directory directory) {
    int length = length(directory);
    boolean ends = directory.parent == null && endsWithSlash(directory.name);
    byte[] path = new byte[length + (ends ? 0 : 1)];
    path[path.length - 1] = '/';
    fill(path, directory);
    return path;
  }

  /** The path of an entry, by its directory and the address of its name. */
  static byte[] of(Directory directory, long name) {
    byte[] below = below(directory);
    byte[] last = CString.bytes(name, Listing.LENGTH);
    byte[] path = Arrays.copyOf(below, below.length + last.length);
    System.arraycopy(last, 0, path, below.length, last.length);
    return path;
  }

  private static int length(Directory directory) {
    int length = 0;
    Directory next = directory;
    while (next.parent != null) {
      length += next.name.length + 1;
      next = next.parent;
    }
    boolean slash = next != directory && endsWithSlash(next.name);
    return length + next.name.length - (slash ? 1 : 0);
  }

  private static void fill(byte[] path, Directory directory) {
    int end = length(directory);
    Directory next = directory;
    while (next.parent != null) {
      end -= next.name.length;
      System.arraycopy(next.name, 0, path, end, next.name.length);
      path[--end] = '/';
      next = next.parent;
    }
    System.arraycopy(next.name, 0, path, 0, Math.min(next.name.length, path.length));
  }

  private static boolean endsWithSlash(byte[] name) {
    return name.length > 0 && name[name.length - 1] == '/';
  }
}

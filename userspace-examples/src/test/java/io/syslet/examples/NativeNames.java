package io.syslet.examples;

import io.syslet.CString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names by address. */
final class NativeNames {
  private NativeNames() {}

  static boolean equal(long address, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(CString.bytes(address, bytes.length + 1), bytes);
  }
}

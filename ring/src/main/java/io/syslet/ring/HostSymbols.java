package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The door to what native libraries export, for what is no function of the C library. */
public final class HostSymbols {
  private HostSymbols() {}

  /**
   * What the C library exports; nothing where it is none of glibc. The foreign function interface
   * has the same by its linker, which takes milliseconds to be there.
   */
  @SuppressWarnings("restricted")
  public static SymbolLookup libc() {
    try {
      return SymbolLookup.libraryLookup("libc.so.6", Arena.global());
    } catch (IllegalArgumentException e) {
      return name -> Optional.empty();
    }
  }

  /** What the library of this JVM exports; nothing where it lies elsewhere than HotSpot's. */
  @SuppressWarnings("restricted")
  public static SymbolLookup jvm() {
    Path library =
        Path.of(System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm"));
    return Files.exists(library)
        ? SymbolLookup.libraryLookup(library, Arena.global())
        : name -> Optional.empty();
  }
}

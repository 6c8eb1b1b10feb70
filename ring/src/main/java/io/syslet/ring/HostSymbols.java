package io.syslet.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The door to what native libraries export, for what is no function of the C library. */
public final class HostSymbols {
  private HostSymbols() {}

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

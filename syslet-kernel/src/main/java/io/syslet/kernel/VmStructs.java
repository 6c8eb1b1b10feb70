package io.syslet.kernel;

import io.syslet.ring.HostSymbols;
import io.syslet.ring.Memory;
import java.lang.foreign.SymbolLookup;

/**
 * Where HotSpot keeps what: the tables that it exports for debuggers ({@code vmStructs.hpp}), each
 * an array of rows that ends with one without a name. A JVM that exports none has no offset and no
 * constant.
 */
public final class VmStructs {
  /** What {@link #offset} and {@link #constant} say of something that is not in the tables. */
  public static final long NOT_FOUND = -1;

  private final Rows fields;
  private final long field;
  private final long offset;
  private final long address;
  private final Rows types;
  private final long size;
  private final Rows constants;
  private final long value;

  private VmStructs(SymbolLookup symbols) {
    fields = Rows.of(symbols, "gHotSpotVMStruct", "EntryTypeNameOffset");
    field = word(symbols, "gHotSpotVMStructEntryFieldNameOffset");
    offset = word(symbols, "gHotSpotVMStructEntryOffsetOffset");
    address = word(symbols, "gHotSpotVMStructEntryAddressOffset");
    types = Rows.of(symbols, "gHotSpotVMType", "EntryTypeNameOffset");
    size = word(symbols, "gHotSpotVMTypeEntrySizeOffset");
    constants = Rows.of(symbols, "gHotSpotVMIntConstant", "EntryNameOffset");
    value = word(symbols, "gHotSpotVMIntConstantEntryValueOffset");
  }

  /** The tables of this JVM. */
  public static VmStructs open() {
    return new VmStructs(HostSymbols.jvm());
  }

  /** The offset of a field in an object of a type, in bytes, or {@link #NOT_FOUND}. */
  public long offset(String type, String name) {
    long row = row(type, name);
    return row == 0 ? NOT_FOUND : Memory.getLong(row + offset);
  }

  /** The address of a static field of a type, or {@link #NOT_FOUND}. */
  public long staticField(String type, String name) {
    long row = row(type, name);
    return row == 0 ? NOT_FOUND : Memory.getLong(row + address);
  }

  private long row(String type, String name) {
    long row = fields.first();
    while (row != 0 && !(is(fields.name(row), type) && is(Memory.getLong(row + field), name))) {
      row = fields.after(row);
    }
    return row;
  }

  /** The size of an object of a type, in bytes, or {@link #NOT_FOUND}. */
  public long size(String type) {
    long row = types.find(type);
    return row == 0 ? NOT_FOUND : Memory.getLong(row + size);
  }

  /** The value of a constant, or {@link #NOT_FOUND}. */
  public long constant(String name) {
    long row = constants.find(name);
    return row == 0 ? NOT_FOUND : Memory.getInt(row + value);
  }

  private static long word(SymbolLookup symbols, String name) {
    return symbols.find(name).map(symbol -> Memory.getLong(symbol.address())).orElse(0L);
  }

  /** Whether there is such a text, of ASCII characters, at an address, ended by a 0. */
  static boolean is(long address, String text) {
    if (address == 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Memory.getByte(address + i) != text.charAt(i)) {
        return false;
      }
    }
    return Memory.getByte(address + text.length()) == 0;
  }

  /**
   * The rows of one table: the address of the first, the length of one, where its name is in it.
   */
  private record Rows(long address, long stride, long nameOffset) {
    static Rows of(SymbolLookup symbols, String table, String nameOffset) {
      return new Rows(
          word(symbols, table + "s"),
          word(symbols, table + "EntryArrayStride"),
          word(symbols, table + nameOffset));
    }

    /** The first row, or 0 if there is none. */
    long first() {
      return address == 0 || stride == 0 ? 0 : unlessEnd(address);
    }

    long after(long row) {
      return unlessEnd(row + stride);
    }

    private long unlessEnd(long row) {
      return name(row) == 0 ? 0 : row;
    }

    /** The row of a name, or 0. */
    long find(String text) {
      long row = first();
      while (row != 0 && !is(name(row), text)) {
        row = after(row);
      }
      return row;
    }

    long name(long row) {
      return Memory.getLong(row + nameOffset);
    }
  }
}

package io.syslet.threads.programs;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** {@code RocksProgram FOLDER}: many virtual threads write and read through JNI. */
final class RocksProgram {
  private static final int KEYS = 100;
  private static final int THREADS = 32;

  private RocksProgram() {}

  public static void main(String[] args) throws Exception {
    RocksDB.loadLibrary();
    AtomicInteger ids = new AtomicInteger();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, args[0])) {
      Crowd.report(Crowd.sum(THREADS, () -> keep(db, ids.getAndIncrement())));
    }
  }

  private static int keep(RocksDB db, int id) throws RocksDBException {
    for (int i = 0; i < KEYS; i++) {
      db.put(bytes(id * KEYS + i), bytes(i));
    }
    int right = 0;
    for (int i = 0; i < KEYS; i++) {
      byte[] value = db.get(bytes(id * KEYS + i));
      right += value != null && ByteBuffer.wrap(value).getInt() == i ? 1 : 0;
    }
    return right;
  }

  private static byte[] bytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}

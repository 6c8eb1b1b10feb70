package io.syslet.bench.threadlets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;

/** An index of about 100 MB, nearly all of it stored fields, in one segment. */
final class SearchIndex {
  static final int KINDS = 10_000;
  static final int FOUND = 10;
  static final String KIND = "kind";
  static final String STORED = "stored";
  private static final int BYTES = 1000;

  private SearchIndex() {}

  /** Writes it, the same each time. */
  static void write(Path folder) throws IOException {
    Random random = new Random(1);
    IndexWriterConfig config = new IndexWriterConfig().setUseCompoundFile(false);
    try (Directory directory = new NIOFSDirectory(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < KINDS * FOUND; i++) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Document document = new Document();
        document.add(new StringField(KIND, "k" + i % KINDS, Field.Store.NO));
        document.add(new StoredField(STORED, bytes));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }
}

package io.syslet.threads.programs;

import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** {@code LuceneProgram FOLDER}: indexes, and searches a mapped index by many virtual threads. */
final class LuceneProgram {
  private static final int DOCUMENTS = 2_000;
  private static final int KINDS = 10;
  private static final int THREADS = 64;

  private LuceneProgram() {}

  public static void main(String[] args) throws Exception {
    try (Directory directory = new MMapDirectory(Path.of(args[0]))) {
      write(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        Crowd.report(Crowd.sum(THREADS, () -> search(searcher)));
      }
    }
  }

  private static void write(Directory directory) throws Exception {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < DOCUMENTS; i++) {
        Document document = new Document();
        document.add(new StringField("kind", "k" + i % KINDS, Field.Store.YES));
        writer.addDocument(document);
      }
    }
  }

  /** How many documents there are of each kind, as stored fields and as counts. */
  private static int search(IndexSearcher searcher) throws Exception {
    int found = 0;
    for (int i = 0; i < KINDS; i++) {
      var top = searcher.search(new TermQuery(new Term("kind", "k" + i)), 1);
      String kind = searcher.storedFields().document(top.scoreDocs[0].doc).get("kind");
      found += kind.equals("k" + i) ? (int) top.totalHits.value() : 0;
    }
    return found;
  }
}

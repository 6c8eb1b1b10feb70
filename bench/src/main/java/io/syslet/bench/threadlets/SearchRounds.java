package io.syslet.bench.threadlets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * {@code SearchRounds FOLDER PROCESSES SEARCHERS SECONDS}: enters a control group, searches for
 * everything once, and searches it by Lucene, so many at a time, beside a ticker. A search is for a
 * random kind, and loads what was found. Prints a line for {@link Stalls}.
 */
final class SearchRounds {
  private static final int WARMERS = 64;
  private static final long WARM_SECONDS = 2;

  private final IndexSearcher searcher;
  private final LongAdder searches = new LongAdder();
  private volatile boolean stop;

  private SearchRounds(IndexSearcher searcher) {
    this.searcher = searcher;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Files.writeString(Path.of(args[1]), Long.toString(ProcessHandle.current().pid()));
    try (Directory directory = new MMapDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      SearchRounds rounds = new SearchRounds(new IndexSearcher(reader));
      rounds.warm();
      rounds.run(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
  }

  /**
   * By this mapping: each time that a file is opened, FUSE drops what is cached of it, so what
   * earlier rounds have read is none of this group's cache.
   */
  private void warm() {
    try (ExecutorService warmers = Executors.newFixedThreadPool(WARMERS)) {
      for (int i = 0; i < WARMERS; i++) {
        int first = i;
        warmers.execute(() -> searchEach(first));
      }
    }
  }

  private void searchEach(int first) {
    try {
      for (int i = first; i < SearchIndex.KINDS; i += WARMERS) {
        search("k" + i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(int searchers, int seconds) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch ended = new CountDownLatch(searchers);
      for (int i = 0; i < searchers; i++) {
        Random random = new Random(i);
        threads.execute(() -> searchOn(threads, random, ended));
      }
      TimeUnit.SECONDS.sleep(WARM_SECONDS);
      Ticker ticker = Ticker.start(threads);
      long before = searches.sum();
      long start = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      double rate = (searches.sum() - before) * 1e9 / (System.nanoTime() - start);
      stop = true;
      ended.await();
      System.out.println(Ticker.line(rate, ticker.stop()));
    }
  }

  /** Each search in a thread of its own, as requests are, which starts the next one. */
  private void searchOn(ExecutorService threads, Random random, CountDownLatch ended) {
    try {
      search("k" + random.nextInt(SearchIndex.KINDS));
      searches.increment();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (stop) {
      ended.countDown();
    } else {
      threads.execute(() -> searchOn(threads, random, ended));
    }
  }

  private void search(String kind) throws IOException {
    TermQuery query = new TermQuery(new Term(SearchIndex.KIND, kind));
    for (ScoreDoc found : searcher.search(query, SearchIndex.FOUND).scoreDocs) {
      if (searcher.storedFields().document(found.doc).getBinaryValue(SearchIndex.STORED) == null) {
        throw new IOException("nothing is stored");
      }
    }
  }
}

package io.syslet.server.page;

/** Where the page's figures come from. */
@FunctionalInterface
public interface PageSource {
  /** The figures of this moment. Any thread; waits for nothing. */
  PageState state();
}

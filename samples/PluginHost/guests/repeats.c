// Reports a word that stands there twice. With -DBUG, it hangs when it has found one.
#include "plugin.h"

static bool is_space(char c) { return c == ' ' || c == '\n'; }

static bool is_same(const char *a, const char *b, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

// The length of the word at `at`.
__attribute__((noinline)) static size_t word_at(const char *at, const char *end) {
  size_t length = 0;
  while (at + length < end && !is_space(at[length])) length++;
  return length;
}

// Steps over a word, byte by byte. Not optimized: C lets compilers end an endless loop, and each line keeps its code.
__attribute__((noinline, optnone)) static const char *skip(const char *at, size_t length) {
  while (length > 0) {
    at++;
#ifndef BUG
    length--;
#endif
  }
  return at;
}

const summary *review(const char *name, size_t name_length, const char *body, size_t length, reporter *report) {
  (void)name, (void)name_length;
  static summary result;
  result = (summary){0, TEXT("Read it once more.")};
  const char *end = body + length, *last = body;
  size_t last_length = 0;
  int line = 1;
  while (body < end) {
    if (is_space(*body)) {
      line += *body++ == '\n';
      continue;
    }
    size_t word = word_at(body, end);
    bool again = word == last_length && is_same(body, last, word);
    last = body;
    last_length = word;
    if (again) {
      report(line, body, word);
      result.findings++;
      body = skip(body, word);
    } else {
      body += word;
    }
  }
  return &result;
}

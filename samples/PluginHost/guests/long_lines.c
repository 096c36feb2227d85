// Reports lines that are too long. The setting `max` says how long a line may be.
#include "plugin.h"

static int max_setting(void) {
  optional_text value;
  host_setting("max", 3, &value);
  if (!value.is_some) return 80;
  int max = 0;
  for (size_t i = 0; i < value.value.length; i++) max = max * 10 + value.value.bytes[i] - '0';
  release((void *)value.value.bytes, value.value.length, 1);
  return max;
}

const summary *review(const char *name, size_t name_length, const char *body, size_t length, reporter *report) {
  (void)name, (void)name_length;
  static summary result;
  result = (summary){0, TEXT("Break long lines.")};
  int max = max_setting();
  const char *end = body + length;
  for (int line = 1; body < end; line++) {
    const char *newline = body;
    while (newline < end && *newline != '\n') newline++;
    if (newline - body > max) {
      report(line, "too long", 8);
      result.findings++;
    }
    body = newline + 1;
  }
  return &result;
}

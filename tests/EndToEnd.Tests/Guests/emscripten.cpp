// What emscripten makes of C++ with exceptions.
#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

static int alive;

struct Guard {
  Guard() { alive++; }
  ~Guard() { alive--; }
};

struct Base {
  int value;
  Guard guard;
  explicit Base(int value) : value(value) {}
  virtual ~Base() {}
};

struct Padding {
  int bytes[4] = {};
  virtual ~Padding() {}
};

// What catches a Base of it gets another address.
struct Derived : Padding, Base {
  using Base::Base;
};

__attribute__((noinline)) static void raise(int what) {
  Guard guard;
  switch (what) {
    case 1: throw 5;
    case 2: throw Derived(7);
    case 3: throw "text";
  }
}

// What a function throws.
EXPORT(caught) int caught(int what) {
  try {
    raise(what);
    return 0;
  } catch (int number) {
    return number;
  } catch (const Base &base) {
    return base.value;
  } catch (...) {
    return -1;
  }
}

EXPORT(caught_often) int caught_often(int count) {
  int sum = 0;
  for (int i = 0; i < count; i++) sum += caught(2);
  return sum;
}

// Thrown on, inside and outside of a handler of another one.
EXPORT(rethrown) int rethrown(int what) {
  try {
    try {
      raise(what);
    } catch (...) {
      try {
        raise(1);
      } catch (int) {
      }
      throw;
    }
  } catch (const Base &base) {
    return base.value + 100;
  }
  return 0;
}

EXPORT(uncaught) void uncaught(int what) { raise(what); }

EXPORT(living) int living() { return alive; }

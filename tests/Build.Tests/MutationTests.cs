using WasmBindgen.Components.Format;
namespace WasmBindgen.Build.Tests;

/// <summary>Whatever a file holds, it is read or refused, in little time.</summary>
public sealed class MutationTests
{
    private const string Module = """
        (module
          (rec (type (struct (field (mut i32)))) (type (sub (func (param (ref null 0))))))
          (import "env" "log" (func (param $message i32) (param i32) (result i64)))
          (import "env" "memory" (memory 1 16)) (import "env" "t" (table 1 (ref null 0)))
          (import "env" "tag" (tag (param i32)))
          (memory i64 1) (global (mut i32) (i32.const 7)) (table 1 10 funcref) (tag (param i32 externref))
          (func (export "run") (param $a i32) (param i32) (result i32) (local $x i32) (local.get $a))
          (export "memory" (memory 1)) (export "counter" (global 0)) (export "table" (table 1)) (export "tag" (tag 1))
          (data (i32.const 0) "data"))
        """;

    private const string Component = """
        (component
          (import "a:b/types" (instance $types
            (type (enum "low")) (export "level" (type $l (eq 0))) (export "r" (type $r (sub resource)))
            (type (variant (case "a" $l) (case "b"))) (export "v" (type (eq 3)))
            (export "[method]r.f" (func (param "self" (borrow $r)) (result $l)))))
          (alias export $types "level" (type $level))
          (type $flags (flags "x" "y")) (import "fl" (type $fl (eq $flags)))
          (import "other" (instance (alias outer 1 $level (type $l)) (export "l" (type (eq $l)))))
          (import "f" (func $f (param "x" $fl) (result string)))
          (core module $m (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 0))
            (func (export "run") (result i32) (i32.const 0)))
          (core instance $i (instantiate $m))
          (core func (canon lower (func $f) (memory (core memory $i "m")) (realloc (core func $i "r"))))
          (type $own (resource (rep i32))) (core func (canon resource.new $own))
          (func $run (result u32) (canon lift (core func $i "run")))
          (component $c
            (import "f" (func $f (result u32))) (type (record (field "a" u8))) (export "t" (type 1))
            (export "f" (func $f)))
          (instance $e (instantiate $c (with "f" (func $run))))
          (export "a:b/api@1.0.0" (instance $e)) (export "run" (func $run))
          (@custom "package-docs" "\01{}"))
        """;

    [Theory]
    [InlineData(Module)]
    [InlineData(Component)]
    public void A_guest_that_ends_too_early_is_refused_or_has_less(string text)
    {
        byte[] guest = Guests.Compile(text);
        for (int length = 0; length < guest.Length; length++)
        {
            CheckReadOrRefused(guest[..length]);
        }
    }

    [Theory]
    [InlineData(Module, 1)]
    [InlineData(Module, 2)]
    [InlineData(Component, 3)]
    [InlineData(Component, 4)]
    public void A_guest_with_changed_bytes_is_read_or_refused(string text, int seed)
    {
        byte[] guest = Guests.Compile(text);
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            var changed = new List<byte>(guest);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int place = random.Next(8, changed.Count);
                byte value = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(changed[place] + random.Next(-2, 3));
                switch (random.Next(4))
                {
                    case 0:
                        changed.Insert(place, value);
                        break;
                    case 1:
                        changed.RemoveAt(place);
                        break;
                    default:
                        changed[place] = value;
                        break;
                }
            }

            CheckReadOrRefused([.. changed]);
        }
    }

    private static void CheckReadOrRefused(byte[] guest)
    {
        try
        {
            GuestText text = Guests.Read(guest);
            Assert.True(text.Wat is not null || text.Wit is not null);
        }
        catch (InvalidGuestException exception)
        {
            Assert.True(exception.Offset is null || exception.Offset <= guest.Length, exception.Message);
            Assert.NotEmpty(exception.Message);
        }
    }
}

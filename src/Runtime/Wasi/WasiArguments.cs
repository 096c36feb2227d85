using System.Buffers.Binary;

namespace WasmBindgen.Wasi;

/// <summary>The functions for the guest's arguments and environment.</summary>
internal static class WasiArguments
{
    /// <summary><c>args_sizes_get</c>.</summary>
    internal static int ArgumentSizes(WasiCall call) => Sizes(call, call.Wasi.Arguments);

    /// <summary><c>args_get</c>.</summary>
    internal static int Arguments(WasiCall call) => Get(call, call.Wasi.Arguments);

    /// <summary><c>environ_sizes_get</c>.</summary>
    internal static int EnvironmentSizes(WasiCall call) => Sizes(call, call.Wasi.Environment);

    /// <summary><c>environ_get</c>.</summary>
    internal static int Environment(WasiCall call) => Get(call, call.Wasi.Environment);

    private static int Sizes(WasiCall call, byte[][] texts)
    {
        call.Write("count", 0, texts.Length);
        call.Write("size", 1, texts.Sum(static text => text.Length));
        return WasiErrno.Success;
    }

    private static int Get(WasiCall call, byte[][] texts)
    {
        const int AddressSize = 4;
        Span<byte> addresses = call.Part(
            call.Function.Arguments[0].Name, call.Number(0), texts.Length * AddressSize, AddressSize);
        uint address = call.Number(1);
        Span<byte> all = call.Part(
            call.Function.Arguments[1].Name, address, texts.Sum(static text => text.Length));
        foreach (byte[] text in texts)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(addresses, address);
            text.CopyTo(all);
            addresses = addresses[AddressSize..];
            all = all[text.Length..];
            address += (uint)text.Length;
        }

        return WasiErrno.Success;
    }
}

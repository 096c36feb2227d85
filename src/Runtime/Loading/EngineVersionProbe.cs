using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Loading;

/// <summary>
/// Reads the engine's version from a compiled module, which records it in the ELF section <c>.wasmtime.engine</c>: the
/// C API has no version function, and versions with different layouts export the same names.
/// </summary>
internal static unsafe class EngineVersionProbe
{
    /// <param name="library">The library, which may be so old that it always installs signal handlers.</param>
    internal static Version? Read(nint library)
    {
        nint config = wasm_config_new();
        if (NativeLibrary.TryGetExport(library, nameof(wasmtime_config_signals_based_traps_set), out nint set))
        {
            ((delegate* unmanaged[Cdecl]<nint, byte, void>)set)(config, 0); // the process's own engines may want none
        }

        using var engine = new EngineHandle(wasm_engine_new_with_config(config));
        ReadOnlySpan<byte> empty = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
        nint module;
        fixed (byte* bytes = empty)
        {
            if (wasmtime_module_new(engine, bytes, (nuint)empty.Length, &module) is not 0 and var error)
            {
                wasmtime_error_delete(error);
                return null;
            }
        }

        using var handle = new WasmModuleHandle(module);
        wasm_byte_vec_t image;
        if (wasmtime_module_serialize(handle, &image) is not 0 and var failure)
        {
            wasmtime_error_delete(failure);
            return null;
        }

        try
        {
            return ParseVersion(FindSection(image.Bytes, ".wasmtime.engine"u8));
        }
        finally
        {
            wasm_byte_vec_delete(&image);
        }
    }

    /// <summary>
    /// Format byte 0, a length byte, then ASCII: only the major version, or in old engines the whole version.
    /// </summary>
    internal static Version? ParseVersion(ReadOnlySpan<byte> section)
    {
        if (section.Length < 2 || section[0] != 0 || section[1] > section.Length - 2)
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(section.Slice(2, section[1]));
        return Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out Version? version)
            ? version
            : null;
    }

    /// <summary>
    /// A section of a little-endian ELF64 file, which the engine writes on every platform; empty if there is none.
    /// </summary>
    private static ReadOnlySpan<byte> FindSection(ReadOnlySpan<byte> elf, ReadOnlySpan<byte> name)
    {
        if (elf.Length < 64 || !elf.StartsWith("\u007fELF"u8))
        {
            return default;
        }

        int headers = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]);
        int headerSize = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3A..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3C..]);
        int namesIndex = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3E..]);
        ReadOnlySpan<byte> names = Section(elf, headers + (namesIndex * headerSize));
        for (int i = 0; i < count; i++)
        {
            int header = headers + (i * headerSize);
            ReadOnlySpan<byte> own = names[(int)BinaryPrimitives.ReadUInt32LittleEndian(elf[header..])..];
            if (own.StartsWith(name) && own[name.Length] == 0)
            {
                return Section(elf, header);
            }
        }

        return default;

        static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> elf, int header) => elf.Slice(
            (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x18)..]),
            (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(header + 0x20)..]));
    }
}

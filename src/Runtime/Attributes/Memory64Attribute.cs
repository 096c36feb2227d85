namespace WasmBindgen;

/// <summary>
/// The class serves guests with a 64-bit memory: addresses and lengths cross as i64. The Canonical ABI has 32-bit
/// addresses, so plain conventions are used instead, and types with addresses inside cannot cross.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>C#</term><description>core types</description></listheader>
/// <item><term><see cref="GuestPointer{T}"/>, <c>ref</c> and <c>out</c></term><description>i64</description></item>
/// <item><term><c>string</c>; arrays, spans and <c>Memory</c> of numbers or structs of numbers</term>
/// <description>i64 i64: address and length</description></item>
/// <item><term>types that need no memory</term><description>as usual</description></item>
/// </list>
/// A result of two values takes <c>[return: MultiValue]</c>. The host allocates in the guest through
/// <c>cabi_realloc</c>, or through the export that <see cref="GuestAllocatorAttribute"/> names, with i64 for every i32
/// in its type.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class Memory64Attribute : Attribute;

namespace WasmBindgen;

/// <summary>
/// The class serves guests whose memory is of 64 bits: addresses and lengths cross as i64. The Canonical ABI is one of
/// 32 bits, so these are plain conventions, and shapes that have addresses inside do not cross.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>C#</term><description>core types</description></listheader>
/// <item><term><see cref="GuestPointer{T}"/>, <c>ref</c> and <c>out</c></term><description>i64</description></item>
/// <item><term><c>string</c>; arrays, spans and <c>Memory</c> of numbers or structs of such</term>
/// <description>i64 i64: address and length</description></item>
/// <item><term>what needs no memory</term><description>as everywhere</description></item>
/// </list>
/// A result of two values takes <c>[return: MultiValue]</c>. What the host gives lies where the guest's
/// <c>cabi_realloc</c> says, or the function that <see cref="GuestAllocatorAttribute"/> names; in their types every i32
/// is an i64.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class Memory64Attribute : Attribute;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>
/// Walks everything that an object holds on to. A symbol, a node or a location in a pipeline's value keeps a whole
/// compilation alive and is never equal to that of the next one.
/// </summary>
internal static class RoslynFreeGraph
{
    internal static void Assert(object? root)
    {
        string? path = PathToRoslyn(root, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));
        Xunit.Assert.True(path is null, $"A pipeline's value holds on to Roslyn: {path}");
    }

    internal static string? PathToRoslyn(object? root, string path, HashSet<object> visited)
    {
        if (root is null or string or Pointer or Type or Enum || root.GetType().IsPrimitive)
        {
            return null;
        }

        if (IsOfRoslyn(root))
        {
            return $"{path} ({root.GetType()})";
        }

        if (!root.GetType().IsValueType && !visited.Add(root))
        {
            return null;
        }

        if (root is Array array)
        {
            return array.Cast<object?>()
                .Select((item, i) => PathToRoslyn(item, $"{path}[{i}]", visited))
                .FirstOrDefault(static found => found is not null);
        }

        return Fields(root.GetType())
            .Select(field => PathToRoslyn(field.GetValue(root), $"{path}.{field.Name}", visited))
            .FirstOrDefault(static found => found is not null);
    }

    /// <summary>Whether an object is of a type that Roslyn declares, or derives from one.</summary>
    private static bool IsOfRoslyn(object value) =>
        value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or SyntaxReference or Compilation or SemanticModel
            or Location or AttributeData or Diagnostic or TypedConstant
        || value.GetType().Assembly == typeof(ISymbol).Assembly
        || value.GetType().Assembly == typeof(CSharpCompilation).Assembly;

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? part = type; part is not null; part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}

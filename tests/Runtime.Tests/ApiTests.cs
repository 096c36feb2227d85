using System.ComponentModel;
using System.Reflection;

namespace WasmBindgen.Runtime.Tests;

/// <summary>What holds for all that is public; the list of it is src/Runtime/PublicAPI.Shipped.txt.</summary>
public sealed class ApiTests
{
    private static readonly Type[] Types = typeof(Engine).Assembly.GetExportedTypes();

    [Fact]
    public void Attributes_are_sealed_and_not_inherited()
    {
        Assert.All(Types.Where(static type => type.IsSubclassOf(typeof(Attribute))), static type =>
        {
            Assert.True(type.IsSealed);
            Assert.False(type.GetCustomAttribute<AttributeUsageAttribute>()!.Inherited);
        });
    }

    [Fact]
    public void What_only_generated_code_calls_is_hidden()
    {
        Assert.All(Types.Where(static type => type.Namespace == "WasmBindgen.CompilerServices"), static type =>
            Assert.Equal(EditorBrowsableState.Never, type.GetCustomAttribute<EditorBrowsableAttribute>()?.State));
        Assert.DoesNotContain(
            Types, static type => type.Namespace is not ("WasmBindgen" or "WasmBindgen.CompilerServices"));
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(Enumerable))]
    [InlineData(typeof(HttpClient))]
    [InlineData(typeof(Stack<int>))]
    public void No_name_is_one_that_implicit_usings_bring(Type oneOfTheAssembly)
    {
        string[] implicitUsings =
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks",
        ];
        IEnumerable<string> taken = oneOfTheAssembly.Assembly.GetExportedTypes()
            .Where(type => implicitUsings.Contains(type.Namespace)).Select(static type => type.Name);
        Assert.Empty(taken.Intersect(
            Types.Where(static type => type.Namespace == "WasmBindgen").Select(static type => type.Name)));
    }
}

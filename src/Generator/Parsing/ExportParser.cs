using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>
/// A <c>[WasmExport]</c> class: symbol to model and diagnostics. A member with a problem is left out of the model.
/// </summary>
internal static class ExportParser
{
    /// <summary>The end of the generated files' names, by which the analyzer knows what the generator wrote.</summary>
    internal const string FileSuffix = ".WasmExport.g.cs";

    internal static ExportClass? Parse(
        INamedTypeSymbol type, AttributeData attribute, DiagnosticSink sink, CancellationToken cancellation)
    {
        TypeDeclaration? declaration = ClassParser.Parse(type, "WasmExport", sink, out bool fits, cancellation);
        if (type.IsStatic)
        {
            sink.Report(Descriptors.StaticExport, type, type.Name);
            fits = false;
        }

        fits &= MemberChecks.CheckOneSide(type, sink);
        if (HasConstructorInTheWay(type, cancellation))
        {
            sink.Report(Descriptors.ConstructorExists, type, type.Name);
            fits = false;
        }

        MemberNaming naming = Names.NamingOfExports(attribute);
        var wasmNames = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        var members = TakenNames.Of(type);

        // A parameter named like the field of a function would hide it in the function's stub.
        members.Add(
            type.GetMembers().OfType<IMethodSymbol>()
                .SelectMany(static method => method.Parameters)
                .Select(static parameter => parameter.Name));
        var shapes = new ShapeFinder(members, type, cancellation);
        HashSet<string> byHand = PropertiesWrittenByHand(type, cancellation);
        var functions = new List<GuestFunctionStub>();
        var properties = new List<GuestProperty>();
        var refused = new List<RefusedMember?>();
        foreach (ISymbol member in type.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            if (type.IsSealed
                && member.DeclaredAccessibility is Accessibility.Protected
                    or Accessibility.ProtectedAndInternal
                    or Accessibility.ProtectedOrInternal)
            {
                shapes.Warnings.Add("CS0628");
            }

            switch (member)
            {
                case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsPartialDefinition: true } method
                    when !IsWrittenByHand(method.PartialImplementationPart):
                    if (ParseFunction(method, naming, wasmNames, members, shapes, sink, cancellation) is { } function
                        && fits)
                    {
                        functions.Add(function);
                    }
                    else
                    {
                        refused.Add(RefusedMembers.Of(method, cancellation));
                    }

                    break;
                case IPropertySymbol property
                    when !byHand.Contains(property.Name) && PartialDeclaration(property, cancellation) is { } syntax:
                    if (ParseProperty(property, syntax, naming, wasmNames, members, shapes, sink) is { } parsed && fits)
                    {
                        properties.Add(parsed);
                    }
                    else
                    {
                        refused.Add(RefusedMembers.Of(property, syntax));
                    }

                    break;
            }
        }

        Allocation? allocation = AllocationParser.ForResults(
            AllocationParser.Parse(type, sink, ref fits),
            functions.Select(static function => function.Result).OfType<Shape>());
        string? memory = attribute.Named("Memory");
        fits &= MemberChecks.CheckOptionalName(type, memory, sink);
        return declaration is null ? null : new ExportClass(
            ClassParser.WithWarnings(declaration, type, shapes.Warnings),
            IsBound(type.BaseType),
            members.UniqueType("Slots"),
            allocation,
            memory,
            functions.ToEquatableArray(),
            properties.ToEquatableArray(),
            refused.OfType<RefusedMember>().ToEquatableArray(),
            fits,
            Guest(type, attribute));
    }

    /// <summary>The guest that a class names; the names of its members and of what is around them are taken.</summary>
    private static ShownGuest? Guest(INamedTypeSymbol type, AttributeData attribute)
    {
        if (attribute.Named("Guest") is not { } guest)
        {
            return null;
        }

        var taken = new SortedSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            taken.Add(part.Name);
        }

        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            taken.UnionWith(part.GetMembers()
                .Where(static member => !member.IsGenerated())
                .Select(static member => member.MetadataName)); // that of an indexer is no this[]
        }

        if (type.IsRecord)
        {
            taken.Add("Clone"); // which C# keeps for itself
        }

        IEnumerable<string> ignored = type.GetAttributes()
            .Where(static found => found.AttributeClass.IsRuntimeType("WasmIgnoreAttribute"))
            .Select(static found => found.ConstructorArguments is [{ Value: string name }] ? name : null)
            .OfType<string>();
        return new ShownGuest(guest, taken.ToEquatableArray(), ignored.ToEquatableArray());
    }

    /// <summary>
    /// Whether a base class is constructed from an instance, which for a [WasmExport] class no symbol tells yet.
    /// </summary>
    internal static bool IsBound(INamedTypeSymbol? type) =>
        type is not null && (type.FindAttribute("WasmExportAttribute") is not null
            || type.FindAttribute("WasmWorldAttribute") is not null
            || type.InstanceConstructors.Any(static constructor =>
                constructor.DeclaredAccessibility != Accessibility.Private && TakesInstance(constructor)));

    private static bool TakesInstance(IMethodSymbol constructor) =>
        constructor.Parameters is [{ Type: var only }] && only.IsRuntimeType("Instance");

    internal static bool HasConstructorInTheWay(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.InstanceConstructors.Any(constructor => IsInTheWay(constructor, cancellation));

    /// <summary>Whether a constructor has the generated one's signature, or must be called by every other.</summary>
    private static bool IsInTheWay(IMethodSymbol constructor, CancellationToken cancellation) =>
        !constructor.IsGenerated()
        && !constructor.IsImplicitlyDeclared
        && (TakesInstance(constructor)
            || constructor.DeclaringSyntaxReferences.Any(
                reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax));

    private static bool IsWrittenByHand(IMethodSymbol? implementation) =>
        implementation?.DeclaringSyntaxReferences.Any(
            static reference => !IsGeneratedFile(reference.SyntaxTree)) == true;

    private static bool IsSpan(ITypeSymbol type) => type.IsSystemType("Span") || type.IsSystemType("ReadOnlySpan");

    private static bool IsGeneratedFile(SyntaxTree tree) =>
        tree.FilePath.EndsWith(FileSuffix, StringComparison.Ordinal);

    private static GuestFunctionStub? ParseFunction(
        IMethodSymbol method,
        MemberNaming naming,
        Dictionary<string, ISymbol> wasmNames,
        TakenNames members,
        ShapeFinder shapes,
        DiagnosticSink sink,
        CancellationToken cancellation)
    {
        shapes.Warnings.AddMethod(method);
        string? wasmName = Names.WasmName(method, naming);
        bool fits = MemberChecks.CheckName(method, wasmName, wasmNames, sink, isExport: true)
            & MemberChecks.CheckMethod(method, sink)
            & MemberChecks.CheckMemory(method, sink, out string? memory);
        if (method.IsStatic)
        {
            sink.Report(Descriptors.StaticExport, method, method.Name);
            fits = false;
        }

        bool isAsync = false;
        ITypeSymbol? returned = method.ReturnType.Name == "Task"
            ? HostMethods.Awaited(method, out isAsync)
            : method.ReturnsVoid ? null
            : method.ReturnType;
        bool returnsErrors = returned.IsRuntimeType("GuestResult");
        ITypeSymbol? resultType = returnsErrors
            ? ((INamedTypeSymbol)returned!).TypeArguments.FirstOrDefault()
            : returned;
        Shape? result = null;
        if (resultType is not null)
        {
            Found found = IsSpan(resultType)
                ? Found.Refused(" (the guest frees a result when the call ends: take an array)")
                : shapes.Of(method, resultType, Direction.FromGuest);
            result = found.Shape;
            if (result is null && fits)
            {
                MemberChecks.ReportResult(method, found, "", sink);
            }

            fits &= result is not null;
        }
        else if (ShapeFinder.SaysHowResultCrosses(method))
        {
            Found nothing = Found.Refused(" (an attribute says how, and there is no result)");
            MemberChecks.ReportResult(method, nothing, "", sink);
            fits = false;
        }

        int timeout =
            method.FindAttribute("TimeoutAttribute") is { ConstructorArguments: [{ Value: int milliseconds }] }
            ? milliseconds
            : 0;
        if (timeout < 0 || (timeout == 0 && method.FindAttribute("TimeoutAttribute") is not null))
        {
            sink.Report(Descriptors.Timeout, method, method.Name);
            fits = false;
        }

        string? token = null;
        var parameters = new List<StubParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            bool isChanged = parameter.RefKind is RefKind.Ref or RefKind.Out;
            if (isChanged && !isAsync && !AllocationParser.FreesArguments(method.ContainingType))
            {
                MemberChecks.ReportByReference(
                    parameter, sink, ", or give the class a [GuestAllocator] with a function that frees");
                fits = false;
            }
            else if (isAsync && (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType))
            {
                const string Reason =
                    " (the call goes on after the method has returned: take an array, or a parameter by value)";
                MemberChecks.ReportParameter(parameter, Found.Refused(Reason), "", sink);
                fits = false;
            }
            else if (parameter.Ordinal == method.Parameters.Length - 1
                && parameter.RefKind == RefKind.None
                && parameter.Type.IsCancellationToken())
            {
                token = CSharp.Escape(parameter.Name);
            }
            else if (shapes.Of(parameter, Direction.ToGuest) is var found && found.Shape is { } value)
            {
                parameters.Add(new StubParameter(Modifiers(parameter), CSharp.Escape(parameter.Name), value));
            }
            else if (isChanged && found.Unseen is null)
            {
                MemberChecks.ReportByReference(parameter, sink);
                fits = false;
            }
            else
            {
                MemberChecks.ReportParameter(parameter, found, "", sink);
                fits = false;
            }
        }

        fits &= MemberChecks.CheckReferences(
            method,
            parameters.Select(static parameter => (parameter.Name.TrimStart('@'), (Shape?)parameter.Value)),
            shapes.CanSpill,
            "",
            sink);
        if (!fits
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
                is not MethodDeclarationSyntax syntax)
        {
            return null;
        }

        return new GuestFunctionStub(
            Words(syntax.Modifiers),
            CSharp.Escape(method.Name),
            wasmName!,
            Field(method, members),
            parameters.ToEquatableArray(),
            result,
            returnsErrors,
            token,
            timeout,
            MemberChecks.Fuel(method),
            isAsync,
            IsDocumented(syntax),
            memory,
            MarksOf(method));
    }

    /// <summary>
    /// By the text: where nobody wants documentation, the compiler takes it for a comment like others.
    /// </summary>
    internal static bool IsDocumented(MethodDeclarationSyntax syntax) => syntax.GetLeadingTrivia()
        .Select(static trivia => trivia.ToFullString())
        .Any(static text =>
            text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal));

    private static GuestProperty? ParseProperty(
        IPropertySymbol property,
        BasePropertyDeclarationSyntax syntax,
        MemberNaming naming,
        Dictionary<string, ISymbol> wasmNames,
        TakenNames members,
        ShapeFinder shapes,
        DiagnosticSink sink)
    {
        shapes.Warnings.AddType(property.Type);
        string? wasmName = Names.WasmName(property, naming);
        if (!MemberChecks.CheckName(property, wasmName, wasmNames, sink, isExport: true))
        {
            return null;
        }

        if (property.IsStatic)
        {
            sink.Report(Descriptors.StaticExport, property, property.Name);
            return null;
        }

        string? item = ItemKind(property.Type);
        if (property.IsIndexer
            || property.ReturnsByRef
            || property.ReturnsByRefReadonly
            || property.SetMethod?.IsInitOnly == true
            || (item is not null && property.SetMethod is not null))
        {
            sink.Report(Descriptors.PropertyShape, property, property.Name);
            return null;
        }

        Shape? value = item is null ? shapes.Of(property) : null;
        if (property.Type.TypeKind == TypeKind.Error)
        {
            sink.Report(Descriptors.UnseenType, property, property.Name, property.Type.ToDisplayString());
            return null;
        }

        if (item is null && value is null)
        {
            sink.Report(Descriptors.PropertyType, property, property.Name, property.Type.ToDisplayString());
            return null;
        }

        return new GuestProperty(
            Words(syntax.Modifiers),
            CSharp.Escape(property.Name),
            wasmName!,
            Field(property, members),
            Accessor(syntax, SyntaxKind.GetAccessorDeclaration),
            Accessor(syntax, SyntaxKind.SetAccessorDeclaration),
            value,
            item,
            MarksOf(property));
    }

    /// <summary>The declaration of a partial property. Roslyn 4.8 knows the word here, not yet what it means.</summary>
    private static BasePropertyDeclarationSyntax? PartialDeclaration(
        IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<BasePropertyDeclarationSyntax>()
            .FirstOrDefault(static syntax => IsPartial(syntax) && !HasBody(syntax));

    /// <summary>The names of the partial properties whose other part is not left to the generator.</summary>
    private static HashSet<string> PropertiesWrittenByHand(INamedTypeSymbol type, CancellationToken cancellation) =>
        new(
            type.DeclaringSyntaxReferences
                .Where(static reference => !IsGeneratedFile(reference.SyntaxTree))
                .Select(reference => reference.GetSyntax(cancellation))
                .OfType<TypeDeclarationSyntax>()
                .SelectMany(static syntax => syntax.Members.OfType<BasePropertyDeclarationSyntax>())
                .Where(static syntax => IsPartial(syntax) && HasBody(syntax))
                .Select(static syntax =>
                    syntax is PropertyDeclarationSyntax property ? property.Identifier.ValueText : "this[]"),
            StringComparer.Ordinal);

    private static bool IsPartial(BasePropertyDeclarationSyntax syntax) =>
        syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool HasBody(BasePropertyDeclarationSyntax syntax) =>
        syntax.AccessorList is not { } list
            || list.Accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null);

    private static string? Accessor(BasePropertyDeclarationSyntax syntax, SyntaxKind kind) =>
        syntax.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(kind)) is { } accessor
            ? Words(accessor.Modifiers.Add(accessor.Keyword))
            : null;

    /// <summary>Without what may stand between them, such as comments.</summary>
    internal static string Words(SyntaxTokenList tokens) =>
        string.Join(" ", tokens.Select(static token => token.ValueText));

    private static string? ItemKind(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated ? null // there is no optional export
        : type.IsRuntimeType("Memory")
            || type.IsRuntimeType("SharedMemory")
            || type.IsRuntimeType("Table")
            || type.IsRuntimeType("Global")
            || type.IsRuntimeType("Function")
            ? type.Name
            : null;

    internal static string Modifiers(IParameterSymbol parameter)
    {
        string reference = parameter.RefKind switch
        {
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            _ => "",
        };
        bool isScoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out;
        return (parameter.IsParams ? "params " : "") + (isScoped ? "scoped " : "") + reference;
    }

    /// <summary>
    /// The marks on the author's part of a member; to the analyzer, which sees the generated part too, that makes no
    /// difference.
    /// </summary>
    internal static Marks MarksOf(ISymbol member) => member.GetAttributes()
        .Select(static attribute => attribute.AttributeClass?.ToDisplayString() switch
        {
            "System.CodeDom.Compiler.GeneratedCodeAttribute" => Marks.GeneratedCode,
            "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute" => Marks.ExcludeFromCodeCoverage,
            "System.Diagnostics.StackTraceHiddenAttribute" => Marks.StackTraceHidden,
            _ => Marks.None,
        })
        .Aggregate(Marks.None, static (all, mark) => all | mark);

    private static string Field(ISymbol member, TakenNames members) =>
        members.Unique("_" + Names.CamelCase(member.Name));
}

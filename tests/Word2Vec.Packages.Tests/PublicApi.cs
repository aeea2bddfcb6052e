using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Word2Vec.Packages.Tests;

/// <summary>Every public type and member of an assembly, a line each, in an order that does not change.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Distinct().Order(StringComparer.Ordinal).Select(member => "    " + member).Prepend(Heading(type)));

    private static string Heading(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        string[] bases = type.IsEnum ? [] : [.. Bases(type).Select(Name).Order(StringComparer.Ordinal)];
        return $"{kind} {type.FullName!.Replace('+', '.')}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        var own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(each => each.IsPublic && !IsOfRecord(each));
        Type? parent = type.BaseType;
        return parent is null || parent == typeof(object) || parent == typeof(ValueType) ? own : own.Append(parent);
    }

    private static bool IsOfRecord(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        var fields = type.GetFields(Declared).Select(Field);
        var properties = type.GetProperties(Declared).Where(property => !Overrides(property.GetMethod)).Select(Property);
        var constructors = type.GetConstructors(Declared).Select(each => $"new({Parameters(each)})");
        var methods = type.GetMethods(Declared).Where(each => !each.IsSpecialName && !IsMadeByCompiler(each) && !Overrides(each)).Select(Method);
        return fields.Concat(properties).Concat(constructors).Concat(methods);
    }

    // What records get, besides their properties.
    private static bool IsMadeByCompiler(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || method.Name is "<Clone>$" or "Deconstruct";

    private static bool Overrides(MethodInfo? method) => method is not null && method.GetBaseDefinition() != method;

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}"
        : $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod is not { IsPublic: true } ? "" : isInit ? " init;" : " set;";
        string index = property.GetIndexParameters() is { Length: > 0 } given ? $"[{string.Join(", ", given.Select(Parameter))}]" : "";
        return $"{Modifier(property.GetMethod!)}{Name(property.PropertyType)} {property.Name}{index} {{ get;{set} }}";
    }

    private static string Method(MethodInfo method) => $"{Modifier(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : "ref ";
        return $"{way}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default" : Value(parameter.DefaultValue);

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray || type.IsPointer)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "*");
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}

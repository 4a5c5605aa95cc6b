using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// Which public types of an assembly other projects of the product need: those that they name, and what these show of others in
/// their own public members. Read from what is compiled, so that generated code counts too.
/// </summary>
internal static class NeededOutside
{
    /// <summary>Namespaces that were written before what uses them, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> AheadOfItsUse = new Dictionary<string, string>
    {
        ["LofteEvents.Log"] = "the tamper-evident log's sealer and its verifying command are engines' and come after the format",
    };

    public static IEnumerable<Finding> PublicWithoutNeed(
        Assembly owner, IEnumerable<ImmutableArray<byte>> users, IReadOnlyDictionary<string, string> aheadOfItsUse)
    {
        var unneeded = Unneeded(owner, users);
        var excused = aheadOfItsUse.Keys.Where(space => unneeded.Exists(type => type.Namespace == space)).ToHashSet();
        return unneeded.Where(type => !excused.Contains(type.Namespace!))
            .Select(type => new Finding(type.FullName!, 0, "is public and no other project needs it: say internal"))
            .OrderBy(finding => finding.Path, StringComparer.Ordinal);
    }

    private static List<Type> Unneeded(Assembly owner, IEnumerable<ImmutableArray<byte>> users)
    {
        var named = users.SelectMany(user => NamesIn(user, owner.GetName().Name!)).ToHashSet();
        var needed = new HashSet<Type>();
        var all = owner.GetExportedTypes();
        var waiting = new Queue<Type>(all.Where(type => named.Contains(type.FullName!)));
        while (waiting.TryDequeue(out var type))
        {
            if (!needed.Add(type))
            {
                continue;
            }

            foreach (var shown in ShownBy(type).Concat(all.Where(each => each.BaseType == type || each.DeclaringType == type)))
            {
                foreach (var part in Parts(shown).Where(part => part.Assembly == owner))
                {
                    waiting.Enqueue(part);
                }
            }
        }

        // Who calls must be able to catch what is thrown, named there or not.
        return [.. all.Where(type => !needed.Contains(type) && !type.IsAssignableTo(typeof(Exception)))];
    }

    private static List<string> NamesIn(ImmutableArray<byte> user, string owner)
    {
        using var file = new PEReader(user);
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        foreach (var handle in metadata.TypeReferences)
        {
            if (NameIn(metadata, handle, owner) is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string? NameIn(MetadataReader metadata, TypeReferenceHandle handle, string owner)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference =>
                NameIn(metadata, (TypeReferenceHandle)type.ResolutionScope, owner) is { } outer ? $"{outer}+{name}" : null,
            HandleKind.AssemblyReference when metadata.GetString(
                metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == owner =>
                $"{metadata.GetString(type.Namespace)}.{name}",
            _ => null,
        };
    }

    /// <summary>What a type's public face is made of.</summary>
    private static IEnumerable<Type> ShownBy(Type type)
    {
        const BindingFlags Face = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.GetMethods(Face)
            .SelectMany(method => method.GetParameters().Select(each => each.ParameterType).Append(method.ReturnType))
            .Concat(type.GetConstructors(Face).SelectMany(made => made.GetParameters().Select(each => each.ParameterType)))
            .Concat(type.GetProperties(Face).Select(property => property.PropertyType))
            .Concat(type.GetFields(Face).Select(field => field.FieldType))
            .Concat(type.GetInterfaces());
        return type.BaseType is { } above ? members.Append(above) : members;
    }

    /// <summary>A list of promises shows promises.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : type.DeclaringType is { } outer ? Parts(outer).Append(type)
        : [type];
}

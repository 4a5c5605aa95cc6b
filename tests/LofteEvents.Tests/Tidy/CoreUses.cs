using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// What the compiled core touches. Read from its metadata, so that generated code is seen too: no file, network, process, clock,
/// environment or chance.
/// </summary>
internal static class CoreUses
{
    private static readonly string[] Spaces =
    [
        "System.Net", "System.Data", "System.IO.Pipes", "System.IO.Pipelines", "System.IO.MemoryMappedFiles", "System.Timers",
        "Microsoft",
    ];

    private static readonly HashSet<string> Types =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.FileStream",
        "System.IO.DriveInfo", "System.IO.RandomAccess", "System.IO.FileSystemWatcher", "System.Console", "System.TimeProvider",
        "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.Thread",
    ];

    /// <summary>
    /// Members of types that are otherwise welcome. Iterators ask for their thread's id, so Environment is not banned whole.
    /// </summary>
    private static readonly HashSet<string> Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.TimeZoneInfo.get_Local",
        "System.Environment.GetEnvironmentVariable", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Environment.get_MachineName", "System.Environment.get_NewLine", "System.Environment.Exit",
        "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.Run",
    ];

    public static IEnumerable<Finding> In(ImmutableArray<byte> assembly)
    {
        using var file = new PEReader(assembly);
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(handle => FullName(metadata, handle))
            .Where(name => Types.Contains(name) || Spaces.Any(space => name.StartsWith(space + ".", StringComparison.Ordinal)));
        var members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member =>
                $"{FullName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}")
            .Where(Members.Contains);
        return [.. types.Concat(members).Distinct().Select(name => new Finding(
            "src/LofteEvents", 0, $"the core uses {name}: it is pure, so the caller does that and passes in what came of it"))];
    }

    private static string FullName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}

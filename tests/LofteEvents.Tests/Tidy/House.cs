using System.Runtime.CompilerServices;

namespace LofteEvents.Tests.Tidy;

/// <summary>A text file of the repository, by its path from the top with forward slashes.</summary>
internal sealed record TextFile(string Path, string Text)
{
    public string Extension => System.IO.Path.GetExtension(Path);

    public string Name => System.IO.Path.GetFileName(Path);

    public string[] Lines => Text.Split('\n');
}

/// <summary>The repository that the rules are held against: read once, whatever the number of rules.</summary>
internal static class House
{
    private static readonly string[] MadeByTools =
        [".git", "bin", "obj", ".lofte", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    private static readonly Lazy<IReadOnlyList<TextFile>> AllFiles = new(() => [.. Read(Root)]);

    private static readonly Lazy<IReadOnlyList<CodeFile>> AllCode = new(() => CodeFile.ReadAll(Files));

    public static IReadOnlyList<TextFile> Files => AllFiles.Value;

    public static IReadOnlyList<CodeFile> Code => AllCode.Value;

    /// <summary>The files of the product itself: not the tests and not the benchmarks.</summary>
    public static IEnumerable<CodeFile> Product => Code.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<string> TopLevel =>
        Directory.EnumerateFileSystemEntries(Root)
            .Select(entry => System.IO.Path.GetFileName(entry)!)
            .Order(StringComparer.Ordinal);

    public static void MustKeep(IEnumerable<Finding> findings)
    {
        var broken = findings.ToList();
        Assert.True(broken.Count == 0, $"{broken.Count} times a house rule is broken:\n{string.Join('\n', broken)}\n");
    }

    private static IEnumerable<TextFile> Read(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                yield return new TextFile(System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'), text);
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (MadeByTools.Contains(System.IO.Path.GetFileName(inner)))
            {
                continue;
            }

            foreach (var file in Read(inner))
            {
                yield return file;
            }
        }
    }

    /// <summary>The folder of the solution above this source file, or above the built tests where they were moved.</summary>
    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { System.IO.Path.GetDirectoryName(thisFile), AppContext.BaseDirectory })
        {
            for (var folder = start; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            {
                if (File.Exists(System.IO.Path.Combine(folder, "LofteEvents.sln")))
                {
                    return folder;
                }
            }
        }

        throw new InvalidOperationException("The house rules need the repository: no LofteEvents.sln above the tests.");
    }
}

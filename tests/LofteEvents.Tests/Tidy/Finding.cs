namespace LofteEvents.Tests.Tidy;

/// <summary>One place that breaks a house rule, and what to write in its stead.</summary>
/// <param name="Path">From the top of the repository, with forward slashes.</param>
/// <param name="Line">From 1; 0 where the finding is about the file as a whole.</param>
internal sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => Line == 0 ? $"{Path}: {Message}" : $"{Path}:{Line}: {Message}";
}

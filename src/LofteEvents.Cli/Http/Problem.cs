namespace LofteEvents.Cli.Http;

/// <summary>A refusal of the server, RFC 9457, or what stands in its place where something else answered.</summary>
internal sealed record Problem(int Status, string? Code, string? Title, string? Detail, IReadOnlyList<ProblemError>? Errors)
{
    /// <summary>How a command ends that met this.</summary>
    public int ExitCode => Status switch
    {
        400 => Cli.ExitCode.WrongUse,
        404 => Cli.ExitCode.NotFound,
        409 or 412 or 422 => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.Failed,
    };

    /// <summary>What is wrong and what to do, with the code by which the documentation knows it.</summary>
    public string Sentence => $"{Detail ?? Title ?? $"the server answered {Status}"} ({Code ?? $"HTTP {Status}"})";

    /// <summary>What, where and what to do, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"lofte: {Sentence}";
        foreach (var error in Errors ?? [])
        {
            yield return $"  {error.Pointer}: {error.Detail}";
        }
    }
}

/// <param name="Pointer">JSON pointer as a URI fragment: <c>#/data/kind</c>, in a batch <c>#/1/data/kind</c>.</param>
internal sealed record ProblemError(string Pointer, string Detail);

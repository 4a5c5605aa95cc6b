using System.Diagnostics;
using System.Globalization;

namespace LofteEvents.Evaluations;

/// <summary>Where an evaluation stands: what its decisions need to know.</summary>
internal abstract record Evaluation
{
    private Evaluation()
    {
    }

    /// <param name="stream"><c>evaluation/{lofte}-{n}</c>.</param>
    public static Evaluation Initial(string stream) =>
        new NotOpened(stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    public sealed record NotOpened(string Id) : Evaluation;

    public sealed record Open(EvaluationOpened Opened) : Evaluation;

    public sealed record Final(EvaluationOpened Opened, EvaluationFinalized Finalized) : Evaluation;

    public static Evaluation Evolve(Evaluation state, DomainEvent happened) => (state, happened) switch
    {
        (NotOpened, EvaluationOpened said) => new Open(said),
        (Open open, EvaluationFinalized said) => new Final(open.Opened, said),
        _ => state,
    };

    public static Decision<EvaluationEvent> Decide(Evaluation state, EvaluationEvent said, DecisionContext context) =>
        (state, said) switch
        {
            (_, EvaluationOpened opened) => OpenEvaluation.Decide(state, opened, context),
            (_, EvaluationFinalized finalized) => FinalizeEvaluation.Decide(state, finalized),
            _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
        };
}

/// <summary>The id of an evaluation: its promise and which of the promise's evaluations it is.</summary>
public static class EvaluationId
{
    /// <summary>So many evaluations of one promise are looked for: tertials of many years have room.</summary>
    public const int Most = 100;

    /// <summary><c>evaluation/{lofte}-{n}</c>.</summary>
    public static string Stream(string lofte, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"evaluation/{lofte}-{number}");

    /// <summary>The number, from 1; null where the id is not one of the promise's.</summary>
    internal static int? Number(string id, string lofte) =>
        id.Length > lofte.Length + 1
        && id.StartsWith(lofte, StringComparison.Ordinal)
        && id[lofte.Length] == '-'
        && id[lofte.Length + 1] != '0'
        && int.TryParse(id.AsSpan(lofte.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= Most
            ? number
            : null;
}

using System.Security.Cryptography;
using System.Text.Json;
using LofteEvents.Log;

namespace LofteEvents.Evaluations;

/// <summary>A report with what names it: its digest, and the tree that proves the history it rests on.</summary>
/// <param name="Digest"><c>sha256:</c> and the hex of SHA-256 over the report's canonical JSON (RFC 8785): what a finalised
/// evaluation carries.</param>
/// <param name="Earlier">The evaluations that were opened up to the report's position, in order of number.</param>
/// <param name="Tree">The first checkpoint that covers the report's position; null until there is one.</param>
public sealed record PublishedEvaluation(
    EvaluationReport Report, string Digest, IReadOnlyList<EarlierEvaluation> Earlier, EvaluationTree? Tree)
{
    public static PublishedEvaluation Of(
        EvaluationReport report, IReadOnlyList<EarlierEvaluation> earlier, EvaluationTree? tree) =>
        new(report, DigestOf(report), earlier, tree);

    public static string DigestOf(EvaluationReport report)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(report, EvaluationJson.Default.EvaluationReport);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.From(json)));
    }
}

/// <param name="Size">Number of leaves.</param>
/// <param name="Root">The tree's root hash in base64, as a checkpoint has it.</param>
public sealed record EvaluationTree(long Size, string Root);

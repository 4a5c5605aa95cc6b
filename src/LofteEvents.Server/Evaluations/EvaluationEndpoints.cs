using LofteEvents.Evaluations;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;

namespace LofteEvents.Server.Evaluations;

/// <summary>The evaluation of a promise, open to everyone: as JSON, and as the files that <c>lofte evaluate</c> writes.</summary>
internal static class EvaluationEndpoints
{
    public static IServiceCollection AddEvaluations(this IServiceCollection services)
    {
        services.AddSingleton<EvaluationReads>();
        services.AddSingleton<EvaluationReader>();
        return services;
    }

    public static IEndpointRouteBuilder MapEvaluations(this IEndpointRouteBuilder api)
    {
        var loften = api.MapGroup("/loften").AllowAnonymous().WithTags("Evaluations");
        loften.MapGet("/{id}/evaluation", EvaluationAsync)
            .WithName("GetEvaluation")
            .WithSummary("What became of a promise; with asOf the judged day is that day, unless on names another")
            .WithTimes()
            .WithExample(EvaluationDescription.Evaluation);
        loften.MapGet("/{id}/evaluation/{file}", FileAsync)
            .WithName("GetEvaluationFile")
            .WithSummary("The evaluation as a file: utvardering.html, .pdf or .json, ataganden.csv, handelser.csv or takt.csv")
            .WithTimes();
        return api;
    }

    private static Task<IResult> EvaluationAsync(string id, HttpContext context, EvaluationReader reader) =>
        AnswerAsync(id, context, reader, EvaluationFiles.Json, Answering.Json);

    private static async Task<IResult> FileAsync(string id, string file, HttpContext context, EvaluationReader reader) =>
        MediaTypeOf(file) is { } mediaType
            ? await AnswerAsync(id, context, reader, file, mediaType)
            : Problems.NotFound(
                $"An evaluation has no file '{file}'. It has {EvaluationFiles.Html}, {EvaluationFiles.Pdf}, "
                + $"{EvaluationFiles.Json}, {EvaluationFiles.Commitments}, {EvaluationFiles.Events} and "
                + $"{EvaluationFiles.Months}.");

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, EvaluationReader reader, string file, string mediaType)
    {
        var (evaluation, fault) = await reader.ReadAsync(id, context);
        if (evaluation is null)
        {
            return fault ?? Problems.NotFound($"There is no promise '{id}' then. GET /api/v1/loften lists them.");
        }

        var at = evaluation.Report.At;
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(
            ContentOf(evaluation, file),
            mediaType,
            entityTag: Answering.Tag(at.Position, at.On, $"-{evaluation.Tree?.Size ?? 0}-{file}"));
    }

    private static byte[] ContentOf(PublishedEvaluation evaluation, string file) => file switch
    {
        EvaluationFiles.Html => EvaluationFiles.ToHtml(evaluation, SiteStyle.Text),
        EvaluationFiles.Pdf => EvaluationFiles.ToPdf(evaluation),
        EvaluationFiles.Commitments => EvaluationFiles.ToCommitmentsCsv(evaluation),
        EvaluationFiles.Events => EvaluationFiles.ToEventsCsv(evaluation),
        EvaluationFiles.Months => EvaluationFiles.ToMonthsCsv(evaluation),
        _ => EvaluationFiles.ToJson(evaluation),
    };

    private static string? MediaTypeOf(string file) => file switch
    {
        EvaluationFiles.Html => "text/html; charset=utf-8",
        EvaluationFiles.Pdf => "application/pdf",
        EvaluationFiles.Json => Answering.Json,
        EvaluationFiles.Commitments or EvaluationFiles.Events or EvaluationFiles.Months => "text/csv; charset=utf-8",
        _ => null,
    };
}

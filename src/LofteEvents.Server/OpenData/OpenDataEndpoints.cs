using System.Globalization;
using LofteEvents.Evaluations;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LofteEvents.Server.OpenData;

/// <summary>What others build on: tables under addresses that stay, a feed of news, and a description for data portals.</summary>
internal static class OpenDataEndpoints
{
    private const string Csv = "text/csv; charset=utf-8";

    public static IServiceCollection AddOpenData(this IServiceCollection services)
    {
        services.AddSingleton<OpenDataReader>();
        return services;
    }

    public static IEndpointRouteBuilder MapOpenData(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/open-data").AllowAnonymous().WithTags("Open data");
        open.MapGet("/{year:int:range(1900,2199)}/status.json", StatusAsync)
            .WithName("GetYearAsJson")
            .WithSummary("How the promises stand today whose term begins in a year")
            .WithExample(OpenDataDescription.Year);
        open.MapGet("/{year:int:range(1900,2199)}/status.csv", StatusCsvAsync)
            .WithName("GetYearAsCsv")
            .WithSummary("The same as a table: semicolons, decimal commas, a line for each commitment");
        open.MapGet("/{year:int:range(1900,2199)}/evaluation.json", EvaluationAsync)
            .WithName("GetYearsEvaluationsAsJson")
            .WithSummary("The evaluations of today of the promises whose term begins in a year; 100 promises at most");
        open.MapGet("/{year:int:range(1900,2199)}/evaluation.csv", EvaluationCsvAsync)
            .WithName("GetYearsEvaluationsAsCsv")
            .WithSummary("The same as a table, a line for each commitment");
        open.MapGet("/atom.xml", FeedAsync)
            .WithName("GetFeed")
            .WithSummary("Atom: promises given, and evaluations opened and finalised, the newest first");
        open.MapGet("/dcat.jsonld", CatalogueAsync)
            .WithName("GetCatalogue")
            .WithSummary("DCAT: every promise as a data set with its files, for data portals");
        return api;
    }

    private static async Task<IResult> StatusAsync(int year, HttpContext context, OpenDataReader reader) =>
        Answer(context, LoftenJson.Write(await reader.StatusAsync(year, context.RequestAborted)), Answering.Json);

    private static async Task<IResult> StatusCsvAsync(int year, HttpContext context, OpenDataReader reader)
    {
        var statuses = await reader.StatusAsync(year, context.RequestAborted);
        return Answer(context, StatusCsv.Of(statuses), Csv);
    }

    private static async Task<IResult> EvaluationAsync(int year, HttpContext context, OpenDataReader reader) =>
        Answer(context, EvaluationFiles.ToJson(await reader.EvaluationsAsync(year, context.RequestAborted)), Answering.Json);

    private static async Task<IResult> EvaluationCsvAsync(int year, HttpContext context, OpenDataReader reader) =>
        Answer(context, EvaluationFiles.ToCommitmentsCsv(await reader.EvaluationsAsync(year, context.RequestAborted)), Csv);

    private static async Task<IResult> FeedAsync(HttpContext context, OpenDataReader reader) =>
        Answer(
            context,
            AtomFeed.Of(await reader.NewsAsync(context.RequestAborted), Site(context)),
            "application/atom+xml; charset=utf-8");

    private static async Task<IResult> CatalogueAsync(HttpContext context, OpenDataReader reader) =>
        Answer(
            context, DcatCatalogue.Of(await reader.LoftenAsync(context.RequestAborted), Site(context)), "application/ld+json");

    private static FileContentHttpResult Answer(HttpContext context, byte[] content, string mediaType)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(content, mediaType);
    }

    /// <summary>What addresses begin with, as the caller reached us.</summary>
    private static string Site(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}");
}

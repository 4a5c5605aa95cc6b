// DCAT 3 https://www.w3.org/TR/vocab-dcat-3/
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LofteEvents.Loften;

namespace LofteEvents.Server.OpenData;

/// <summary>
/// The promises as data sets, in JSON-LD. Which licence they are published under is the authority's to say, so none is said here.
/// </summary>
internal static class DcatCatalogue
{
    private static readonly JsonWriterOptions s_readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Path, string Title, string MediaType)[] s_files =
    [
        ("status", "Hur löftet står, JSON", "application/json"),
        ("evaluation/utvardering.json", "Utvärdering, JSON", "application/json"),
        ("evaluation/ataganden.csv", "Utvärdering, åtagande för åtagande, CSV", "text/csv"),
        ("evaluation/handelser.csv", "Händelserna bakom, CSV", "text/csv"),
        ("evaluation/takt.csv", "Takten genom tiden, CSV", "text/csv"),
        ("evaluation/utvardering.pdf", "Utvärdering, PDF", "application/pdf"),
    ];

    /// <param name="site">What addresses begin with.</param>
    public static byte[] Of(IReadOnlyList<LofteOverview> loften, string site)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, s_readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            json.WriteString("dcat", "http://www.w3.org/ns/dcat#");
            json.WriteString("dcterms", "http://purl.org/dc/terms/");
            json.WriteString("foaf", "http://xmlns.com/foaf/0.1/");
            json.WriteString("xsd", "http://www.w3.org/2001/XMLSchema#");
            json.WriteEndObject();
            json.WriteString("@id", $"{site}/api/v1/open-data/dcat.jsonld");
            json.WriteString("@type", "dcat:Catalog");
            Swedish(json, "dcterms:title", "Medborgarlöften");
            Swedish(json, "dcterms:description", "Vad polisen har lovat, vad som är gjort, och vad som blev av det.");
            Reference(json, "foaf:homepage", $"{site}/");
            json.WriteStartArray("dcat:dataset");
            foreach (var lofte in loften)
            {
                DataSet(json, lofte, site);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void DataSet(Utf8JsonWriter json, LofteOverview lofte, string site)
    {
        var address = $"{site}/api/v1/loften/{lofte.Id}";
        json.WriteStartObject();
        json.WriteString("@id", address);
        json.WriteString("@type", "dcat:Dataset");
        json.WriteString("dcterms:identifier", lofte.Id);
        Swedish(json, "dcterms:title", lofte.Title);
        Swedish(json, "dcterms:description", "Löftet, hur det står, och vad som blev av det, med händelserna bakom.");
        json.WriteStartObject("dcterms:publisher");
        json.WriteString("@type", "foaf:Agent");
        json.WriteString("foaf:name", string.Join(", ", lofte.Owners));
        json.WriteEndObject();
        json.WriteStartObject("dcterms:temporal");
        json.WriteString("@type", "dcterms:PeriodOfTime");
        Day(json, "dcat:startDate", lofte.Term.From);
        Day(json, "dcat:endDate", lofte.Term.To);
        json.WriteEndObject();
        Reference(json, "dcat:landingPage", $"{site}/loften/{lofte.Id}");
        json.WriteStartArray("dcat:distribution");
        foreach (var (path, title, mediaType) in s_files)
        {
            json.WriteStartObject();
            json.WriteString("@id", $"{address}/{path}");
            json.WriteString("@type", "dcat:Distribution");
            Swedish(json, "dcterms:title", title);
            Reference(json, "dcat:accessURL", $"{address}/{path}");
            Reference(json, "dcat:mediaType", $"https://www.iana.org/assignments/media-types/{mediaType}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Swedish(Utf8JsonWriter json, string name, string words)
    {
        json.WriteStartObject(name);
        json.WriteString("@value", words);
        json.WriteString("@language", "sv");
        json.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter json, string name, string address)
    {
        json.WriteStartObject(name);
        json.WriteString("@id", address);
        json.WriteEndObject();
    }

    private static void Day(Utf8JsonWriter json, string name, DateOnly day)
    {
        json.WriteStartObject(name);
        json.WriteString("@value", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("@type", "xsd:date");
        json.WriteEndObject();
    }
}

// RFC 4287 https://www.rfc-editor.org/rfc/rfc4287
using System.Globalization;
using System.Text;
using System.Xml;

namespace LofteEvents.Server.OpenData;

/// <summary>News as Atom.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private static readonly DateTimeOffset s_nothingYet = DateTimeOffset.UnixEpoch;

    /// <param name="site">What addresses begin with.</param>
    public static byte[] Of(IReadOnlyList<News> news, string site)
    {
        using var output = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using (var xml = XmlWriter.Create(output, settings))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "sv");
            xml.WriteElementString("id", Namespace, $"{site}/api/v1/open-data/atom.xml");
            xml.WriteElementString("title", Namespace, "Medborgarlöften");
            xml.WriteElementString("updated", Namespace, Time(news.Count == 0 ? s_nothingYet : news[0].At));
            Link(xml, "self", $"{site}/api/v1/open-data/atom.xml");
            Link(xml, "alternate", $"{site}/");
            foreach (var one in news)
            {
                Entry(xml, one, site);
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void Entry(XmlWriter xml, News news, string site)
    {
        var (what, page) = news.What switch
        {
            NewsWhat.Given => ("Nytt löfte", $"/loften/{news.Lofte.Id}"),
            NewsWhat.Opened => ("Utvärdering öppnad", $"/loften/{news.Lofte.Id}/utvardering"),
            _ => ("Utvärdering fastställd", $"/loften/{news.Lofte.Id}/utvardering"),
        };
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, news.Id);
        xml.WriteElementString("title", Namespace, $"{what}: {news.Lofte.Title}");
        xml.WriteElementString("updated", Namespace, Time(news.At));
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, string.Join(", ", news.Lofte.Owners));
        xml.WriteEndElement();
        Link(xml, "alternate", site + page);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

namespace LofteEvents.Notices;

/// <summary>What must hold of a deployment's recipients beyond their shape.</summary>
internal static class RecipientsCheck
{
    public static IReadOnlyList<Refusal> Faults(RecipientsFile file, Areas areas)
    {
        var faults = new List<Refusal>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < file.Recipients.Count; i++)
        {
            var id = file.Recipients[i].Id;
            if (!ids.Add(id))
                faults.Add(new("recipient.twice", $"The recipient '{id}' stands twice; keep one.", $"/recipients/{i}/id"));
            OfRecipient(file.Recipients[i], $"/recipients/{i}", areas, faults);
        }

        if (!ids.Contains(file.Fallback))
        {
            faults.Add(new(
                "recipient.fallback-unknown",
                $"The fallback '{file.Fallback}' is none of the {file.Recipients.Count} recipients; name one that is.",
                "/fallback"));
        }

        Twice(file, faults);
        for (var i = 0; i < file.Guardians.Count; i++)
        {
            if (!NoticeChannels.IsByPerson(file.Guardians[i]) && file.Guardians[i] != NoticeChannels.Letter)
            {
                faults.Add(new(
                    "recipient.channel-unknown",
                    $"Guardians are told by phone, in-person or letter, not by '{file.Guardians[i]}'.",
                    $"/guardians/{i}"));
            }
        }

        if (file.Guardians.Count == 0)
        {
            faults.Add(new(
                "recipient.no-channel", "Guardians need at least one channel: phone, in-person or letter.", "/guardians"));
        }

        for (var i = 0; i < file.Officers.Count; i++)
        {
            if (areas.Unknown(file.Officers[i].Area, $"/officers/{i}/area") is { } unknown)
                faults.Add(unknown);
        }

        return faults;
    }

    private static void OfRecipient(Recipient recipient, string at, Areas areas, List<Refusal> faults)
    {
        if (!IsKebabCase(recipient.Id) || recipient.Id == Recipients.Guardian)
        {
            faults.Add(new(
                "recipient.id",
                $"The recipient id '{recipient.Id}' is not kebab-case of at most 64 letters, such as socialtjanst-norrmalm, "
                    + "or is 'guardian', which has its own meaning.",
                $"{at}/id"));
        }

        if (recipient.Municipality is not { Length: 4 } || !recipient.Municipality.All(char.IsAsciiDigit))
        {
            faults.Add(new(
                "recipient.municipality",
                $"The municipality '{recipient.Municipality}' is no code by Statistics Sweden, four digits such as 0180.",
                $"{at}/municipality"));
        }

        for (var i = 0; i < (recipient.Areas?.Count ?? 0); i++)
        {
            if (areas.Unknown(recipient.Areas![i], $"{at}/areas/{i}") is { } unknown)
                faults.Add(unknown);
        }

        if (recipient.Channels.Count == 0)
            faults.Add(new("recipient.no-channel", $"'{recipient.Id}' has no channel; name at least one.", $"{at}/channels"));
        for (var i = 0; i < recipient.Channels.Count; i++)
        {
            if (Missing(recipient.Channels[i]) is { } missing)
                faults.Add(new("recipient.channel", $"'{recipient.Id}': {missing}", $"{at}/channels/{i}"));
        }
    }

    private static string? Missing(RecipientChannel channel) => channel.Channel switch
    {
        NoticeChannels.Webhook when channel.Url is not { IsAbsoluteUri: true, Scheme: "https" or "http" } =>
            "a webhook has an absolute https url.",
        NoticeChannels.SecureDigital or NoticeChannels.Letter when string.IsNullOrWhiteSpace(channel.Address) =>
            $"{channel.Channel} has an address.",
        NoticeChannels.Phone when string.IsNullOrWhiteSpace(channel.Phone) => "phone has a phone.",
        _ when !NoticeChannels.All.Contains(channel.Channel) =>
            $"there is no channel '{channel.Channel}'; there are {string.Join(", ", NoticeChannels.All)}.",
        _ => null,
    };

    /// <summary>Whoever receives for a place must be one.</summary>
    private static void Twice(RecipientsFile file, List<Refusal> faults)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < file.Recipients.Count; i++)
        {
            var recipient = file.Recipients[i];
            foreach (var place in recipient.Areas ?? [recipient.Municipality])
            {
                if (!places.Add(place))
                {
                    faults.Add(new(
                        "recipient.place-twice",
                        $"Two recipients receive for '{place}', the second is '{recipient.Id}'; "
                            + "keep one, or give them districts.",
                        $"/recipients/{i}"));
                }
            }
        }
    }

    private static bool IsKebabCase(string id) =>
        id.Length is > 0 and <= 64 && id.Split('-').All(word =>
            word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));
}

using System.Text.Json;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads tickets/past.jsonl and tickets/live.jsonl, one JSON object a line, with the same strictness as YAML.</summary>
internal static class TicketsFile
{
    private const int MostLine = 64 * 1024;

    public static IEnumerable<TicketEntry> Read(ContentFile file, bool isPast)
    {
        var line = 0;
        foreach (var text in file.Text.Split('\n'))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (text.Length > MostLine) file.Problem(line, $"The line has {text.Length / 1024} KB; {MostLine / 1024} KB are allowed.");
            else if (JsonTree.ReadMap(file, text, line) is { } map) yield return Ticket(new(file, map), isPast);
        }
    }

    internal static TicketEntry Ticket(YamlRecord r, bool isPast)
    {
        var moment = ContentTime.Moment(r.TextOrNull("ago", 20), r.TextOrNull("on", 10), r.TextOrNull("at", 5), out var problem);
        if (moment is null) r.Problem("ago", problem!);
        var ticket = new TicketEntry
        {
            Ref = ProfileFile.Ref(r), File = r.File.Name, Line = r.Line, Moment = moment ?? new(TimeSpan.Zero, null, null),
            Person = r.Text("person", 60), Device = r.TextOrNull("device", 60), Channel = r.Choice("channel", ContentNames.Channels, Channel.Portal),
            Subject = r.Text("subject", 200), Text = r.Text("text", 20_000),
            Impact = r.Has("impact") ? r.Choice("impact", ContentNames.Impacts) : Unset<Impact>(r, "impact"),
            Urgency = r.Has("urgency") ? r.Choice("urgency", ContentNames.Urgencies) : Unset<Urgency>(r, "urgency"),
            Sensitivity = r.Choice("sensitivity", ContentNames.Sensitivities, Sensitivity.None), System = r.TextOrNull("system", 60), Category = r.TextOrNull("category", 80), Error = r.TextOrNull("error", 1000),
            Messages = [.. r.Records("messages").Select(Message)], Attempts = [.. r.Records("attempts").Select(Attempt)],
            Note = r.TextOrNull("note", 20_000), Assignee = r.TextOrNull("assignee", 60),
            Resolution = r.Record("resolution", required: isPast) is { } resolution ? Resolution(resolution) : null,
            Reopened = r.Flag("reopened"), State = isPast ? TicketStatus.Resolved : r.Choice("state", ContentNames.States),
        };
        if (!isPast && ticket.Resolution is null && ticket.State == TicketStatus.Resolved) r.Problem("state", "A resolved ticket needs a resolution.");
        if (ticket.State is TicketStatus.Open && ticket.Assignee is null && !ticket.Messages.Any(m => m.From is not null)) r.Problem("state", "An open ticket needs an assignee.");
        r.Done();
        return ticket;
    }

    private static T? Unset<T>(YamlRecord r, string key) where T : struct
    {
        _ = r.TextOrNull(key);
        return null;
    }

    private static TicketMessageEntry Message(YamlRecord r)
    {
        var from = r.Text("from", 60);
        var message = new TicketMessageEntry(from == "contact" ? null : from, Span(r, "after"), r.Text("text", 20_000));
        r.Done();
        return message;
    }

    private static TicketAttemptEntry Attempt(YamlRecord r)
    {
        var answers = r.Choices("answers", ContentNames.Answers);
        var attempt = new TicketAttemptEntry(r.Text("runbook", 80), answers, r.Has("outcome") ? r.Choice("outcome", ContentNames.Outcomes) : AttemptOutcome.Running);
        _ = r.TextOrNull("outcome");
        r.Done();
        return attempt;
    }

    private static TicketResolutionEntry Resolution(YamlRecord r)
    {
        var resolution = new TicketResolutionEntry(Span(r, "after"), new(r.Text("summary", 500), r.TextOrNull("cause", 1000), r.TextOrNull("workaround", 1000), r.TextOrNull("fix", 1000), r.TextOrNull("prevention", 1000)));
        r.Done();
        return resolution;
    }

    private static TimeSpan Span(YamlRecord r, string key)
    {
        var text = r.Text(key, 20);
        if (text.Length == 0 || ContentTime.Span(text) is { } span && span >= TimeSpan.Zero) return ContentTime.Span(text) ?? TimeSpan.Zero;
        r.Problem(key, $"“{key}” must be a time such as 25m, 3h 20m or 2d; “{text}” is not.");
        return TimeSpan.Zero;
    }
}

/// <summary>One JSON object as the same plain tree that YAML gives: no duplicate names, at most 8 levels deep.</summary>
internal static class JsonTree
{
    public static YamlMap? ReadMap(ContentFile file, string text, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = YamlTree.Deepest, AllowDuplicateProperties = false });
            if (Read(document.RootElement, line) is YamlMap map) return map;
            file.Problem(line, "Each line holds one JSON object.");
        }
        catch (JsonException e)
        {
            file.Problem(line, $"This is not valid JSON at character {e.BytePositionInLine + 1}: {e.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}");
        }
        return null;
    }

    private static YamlNode Read(JsonElement element, int line) => element.ValueKind switch
    {
        JsonValueKind.Object => new YamlMap(element.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value, line), StringComparer.Ordinal), element.EnumerateObject().ToDictionary(p => p.Name, _ => line, StringComparer.Ordinal), line),
        JsonValueKind.Array => new YamlList([.. element.EnumerateArray().Select(item => Read(item, line))], line),
        JsonValueKind.String => new YamlText(element.GetString()!, line),
        JsonValueKind.Null => new YamlText("", line),
        _ => new YamlText(element.GetRawText(), line),
    };
}

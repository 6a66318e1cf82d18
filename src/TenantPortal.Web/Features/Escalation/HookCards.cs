using System.Text.Json;
using TenantPortal.Domain.Escalation;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>What a channel shows of a ticket; no word of the conversation leaves the house.</summary>
public sealed record EscalationCard(string Reference, string Title, string What, IReadOnlyList<(string Name, string Value)> Facts, string Link, bool IsUrgent, string Client, string? Phone, DateTimeOffset At);

/// <summary>The same card in the shape that each service reads.</summary>
public sealed class HookCards
{
    public byte[] Body(HookKind kind, EscalationCard card) => kind switch
    {
        // https://developer.pagerduty.com/docs/send-alert-event; the routing key is put in when it is sent
        HookKind.PagerDuty => Json(new
        {
            event_action = "trigger", dedup_key = card.Reference,
            payload = new { summary = Cut($"{card.Title}. {card.What}", 1024), source = card.Client, severity = card.IsUrgent ? "critical" : "warning", timestamp = card.At, component = card.Reference, custom_details = Facts(card) },
            links = new[] { new { href = card.Link, text = card.Reference } },
        }),
        // https://docs.opsgenie.com/docs/alert-api
        HookKind.Opsgenie => Json(new { message = Cut(card.Title, 130), alias = card.Reference, description = $"{card.What}\n{card.Link}", priority = card.IsUrgent ? "P1" : "P3", source = card.Client, details = Facts(card) }),
        HookKind.Sms => Json(new { to = card.Phone, text = Cut($"{card.Reference} {card.Title}", 150) + "\n" + card.Link }),
        // Block Kit
        HookKind.Slack => Json(new
        {
            text = $"{card.Reference} {card.Title}",
            blocks = new object[]
            {
                new { type = "header", text = new { type = "plain_text", text = Cut(card.Title, 150) } },
                new { type = "section", text = new { type = "mrkdwn", text = Slack(card.What) } },
                new { type = "section", fields = card.Facts.Select(f => new { type = "mrkdwn", text = $"*{Slack(f.Name)}*\n{Slack(f.Value)}" }) },
                new { type = "actions", elements = new[] { new { type = "button", text = new { type = "plain_text", text = card.Reference }, url = card.Link } } },
            },
        }),
        // an adaptive card in a message, as the workflows of Teams take it
        HookKind.Teams => Json(new
        {
            type = "message",
            attachments = new[]
            {
                new
                {
                    contentType = "application/vnd.microsoft.card.adaptive",
                    content = new Dictionary<string, object>
                    {
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard", ["version"] = "1.4",
                        ["body"] = new object[] { new { type = "TextBlock", size = "Medium", weight = "Bolder", wrap = true, text = card.Title }, new { type = "TextBlock", wrap = true, text = card.What }, new { type = "FactSet", facts = card.Facts.Select(f => new { title = f.Name, value = f.Value }) } },
                        ["actions"] = new[] { new { type = "Action.OpenUrl", title = card.Reference, url = card.Link } },
                    },
                },
            },
        }),
        HookKind.Webhook => Json(new { reference = card.Reference, client = card.Client, title = card.Title, what = card.What, urgent = card.IsUrgent, facts = Facts(card), link = card.Link, at = card.At }),
    };

    /// <summary>As our own service worker reads it.</summary>
    public static byte[] Push(EscalationCard card) => Json(new { title = Cut($"{card.Reference} {card.Title}", 200), body = Cut(card.What, 300), link = card.Link, tag = card.Reference });

    public static byte[] Acknowledged(string reference) => Json(new { event_action = "acknowledge", dedup_key = reference });

    private static Dictionary<string, string> Facts(EscalationCard card) => card.Facts.ToDictionary(f => f.Name, f => f.Value);

    // the three signs that Slack reads as markup
    private static string Slack(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value);
}

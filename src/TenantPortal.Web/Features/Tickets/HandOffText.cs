using System.Globalization;
using System.Text;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>The hand-off as plain text, for a message to a vendor or a colleague.</summary>
internal static class HandOffText
{
    public static string Of(HandOffView view)
    {
        var text = new StringBuilder();
        Head(text, view);
        Section(text, $"Environment ({view.Environment.Score} % of what is needed)", view.Environment.Rows.Select(row => Row(row, view)));
        if (view.Ask.Count > 0) Section(text, "Ask", view.Ask.Select(key => Enum.TryParse<EnvironmentField>(key, out var field) ? Spaced(field) : key));
        Section(text, "Conversation", view.Messages.Select(m => Line($"{m.Number}. {m.AuthorName}, {m.At:yyyy-MM-dd HH:mm} UTC: {m.Text}")));
        Section(text, "Tried", view.Attempts.SelectMany(Tried).Concat(view.Work.SelectMany(Worked)));
        if (view.PassedOn is { Note: { } note } passed) Section(text, $"Passed on to tier {passed.Tier} by {passed.By}", [note]);
        Section(text, "System", Surroundings(view.Surroundings));
        Section(text, "Changes in the last 30 days", view.Surroundings.Changes.Select(c => Line($"{c.At:yyyy-MM-dd HH:mm} UTC: {c.What}{By(c.By)}")));
        Section(text, "Similar tickets", view.Similar.Select(s => $"{view.Reference.Split('-')[0]}-{s.Number} {s.Subject}: {s.Fix}"));
        Section(text, "Suggested next", view.Suggested.Select(s => $"{s.Title} (version {s.Version}, {s.Address}): {s.Summary}"));
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Head(StringBuilder text, HandOffView view)
    {
        var ticket = view.Ticket;
        text.Append(CultureInfo.InvariantCulture, $"{view.Reference} {ticket.Subject}\n{view.ClientName}: {view.Person.Name}{By(view.Person.Title)}, {view.Person.Phone ?? "no phone"}, {view.Person.Email}\n");
        text.Append(CultureInfo.InvariantCulture, $"{ticket.Priority}, {view.CategoryTitle}{(ticket.AffectedSystem is null ? "" : $", {ticket.AffectedSystem}")}, opened {ticket.OpenedAt:yyyy-MM-dd HH:mm} UTC\n");
        foreach (var reason in ticket.Verdict?.Reasons ?? []) text.Append(CultureInfo.InvariantCulture, $"  {reason.Sentence}\n");
        foreach (var target in ticket.Targets.OrderBy(t => t.DueAt)) text.Append(CultureInfo.InvariantCulture, $"{target.Kind} by {target.DueAt:yyyy-MM-dd HH:mm} UTC ({target.SetBy}{(target.MetAt is { } met ? $", done {met:yyyy-MM-dd HH:mm}" : "")})\n");
        if (view.Callee is not null) text.Append(CultureInfo.InvariantCulture, $"The clause names {view.Callee}.\n");
    }

    private static string Row(EnvironmentRow row, HandOffView view) => row switch
    {
        { Source: FactSource.NotAsked } => $"{Spaced(row.Field)}: not asked{(row.IsNeeded ? " (needed)" : "")}",
        { Value: null } => $"{Spaced(row.Field)}: does not know",
        _ => $"{Spaced(row.Field)}: {row.Value} ({Spaced(row.Source)}{(view.Messages.FirstOrDefault(m => m.Id == row.MessageId) is { } message ? $", message {message.Number}" : "")})",
    };

    private static IEnumerable<string> Tried(Attempt attempt)
    {
        yield return $"{attempt.Title}: {Spaced(attempt.Outcome)}{(attempt.Comment is null ? "" : $" – “{attempt.Comment}”")}";
        foreach (var step in attempt.Steps) yield return $"  {step.Title}: {(step.Answer is { } answer ? Spaced(answer) : "not reached")}";
    }

    private static IEnumerable<string> Worked(DeskAttempt work)
    {
        yield return $"{work.Title} ({work.StaffName}): {Spaced(work.Outcome)}{(work.Comment is null ? "" : $" – {work.Comment}")}";
        foreach (var step in work.Steps) yield return $"  {step.Title}: {Spaced(step.Answer)}{(step.Finding is null ? "" : $" – {step.Finding}")}";
    }

    private static IEnumerable<string> Surroundings(SystemSurroundings around)
    {
        if (around.Device is { } device) yield return $"Device: {device.Name}, {device.Model}, {device.OsVersion ?? device.Os}, serial {device.Serial ?? "unknown"}";
        if (around.Site is { } site) yield return $"Site: {site.Name}, {site.Address}";
        if (around.Software.Count > 0) yield return $"Software: {string.Join(", ", around.Software.Select(s => $"{s.Name} {s.Version}".TrimEnd()))}";
        foreach (var printer in around.Printers) yield return $"Printer: {printer.Name}, {printer.Model}, {printer.Address}, {printer.Location}";
        foreach (var vpn in around.Vpn) yield return $"VPN: {vpn.Name}, {vpn.App}, {vpn.Gateway}";
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        var any = false;
        foreach (var line in lines)
        {
            any = true;
            text.Append(CultureInfo.InvariantCulture, $"  {line.ReplaceLineEndings("\n  ")}\n");
        }
        if (!any) text.Append("  none\n");
    }

    private static string By(string? who) => who is null ? "" : $" ({who})";

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Spaced<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}

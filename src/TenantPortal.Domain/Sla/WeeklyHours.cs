using System.Diagnostics.CodeAnalysis;

namespace TenantPortal.Domain.Sla;

/// <summary>The open spans of each weekday, in order and without overlap; a day without spans is closed.</summary>
public sealed class WeeklyHours
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly OpenSpan[][] _days;

    public WeeklyHours(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenSpan>> days)
    {
        _days = [.. Enum.GetValues<DayOfWeek>().Select(day => InOrder(days.GetValueOrDefault(day, [])))];
        if (_days.Any(IsTangled)) throw new ArgumentException("The spans of a day end after they begin and do not overlap.", nameof(days));
    }

    public static WeeklyHours AllWeek { get; } =
        new(Enum.GetValues<DayOfWeek>().ToDictionary(day => day, IReadOnlyList<OpenSpan> (_) => [OpenSpan.WholeDay]));

    public IReadOnlyList<OpenSpan> On(DayOfWeek day) => _days[(int)day];

    /// <summary>Reads { "mon": ["09:00-12:00", "13:00-17:30"], … }; a day that is not named is closed.</summary>
    public static bool TryParse(
        IReadOnlyDictionary<string, IReadOnlyList<string>> days,
        [NotNullWhen(true)] out WeeklyHours? hours,
        [NotNullWhen(false)] out string? problem)
    {
        hours = null;
        var parsed = new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>>();
        foreach (var (name, texts) in days)
        {
            var day = Array.IndexOf(DayNames, name);
            problem = $"A weekday is one of mon, tue, wed, thu, fri, sat, sun; “{name}” is not.";
            if (day < 0) return false;

            var spans = new List<OpenSpan>();
            foreach (var text in texts)
            {
                if (!OpenSpan.TryParse(text, out var span, out problem)) return false;
                spans.Add(span);
            }
            problem = $"The opening hours of {name} overlap: {string.Join(", ", spans)}.";
            if (IsTangled(InOrder(spans))) return false;
            parsed[(DayOfWeek)day] = spans;
        }
        hours = new WeeklyHours(parsed);
        problem = null;
        return true;
    }

    /// <summary>As people say it: "Mon to Fri 09:00-17:30, Sat 09:00-12:30".</summary>
    public override string ToString()
    {
        var week = Enum.GetValues<DayOfWeek>().Skip(1).Append(DayOfWeek.Sunday).Select(day => (Name: day.ToString()[..3], Hours: string.Join(" and ", On(day)))).ToList();
        var said = new List<string>();
        for (int first = 0, next; first < week.Count; first = next)
        {
            next = first + week.Skip(first).TakeWhile(day => day.Hours == week[first].Hours).Count();
            if (week[first].Hours.Length > 0) said.Add($"{week[first].Name}{(next - first > 1 ? $" to {week[next - 1].Name}" : "")} {week[first].Hours}");
        }
        return said.Count == 0 ? "never open" : string.Join(", ", said);
    }

    private static OpenSpan[] InOrder(IReadOnlyList<OpenSpan> spans) => [.. spans.OrderBy(span => span.Opens)];

    private static bool IsTangled(OpenSpan[] spans) =>
        spans.Any(span => span.ClosesTicks <= span.OpensTicks)
        || spans.Zip(spans.Skip(1)).Any(pair => pair.Second.OpensTicks < pair.First.ClosesTicks);
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The last answers of each snapshot: a ticket's page asks the same again with every reload. The same words to the same snapshot have the same answer, and it goes when the snapshot goes.</summary>
public sealed class RecentAnswers
{
    private const int Most = 64, LongestText = 10_000;
    private readonly ConditionalWeakTable<SearchSnapshot, ConcurrentDictionary<Question, SearchAnswer>> answers = [];

    private sealed record Question(string Text, int Take, bool Prefix, string? Os, string? Kind);

    public SearchAnswer Of(SearchSnapshot snapshot, string? text, SearchOptions options)
    {
        if (text is not { Length: > 0 and <= LongestText }) return snapshot.Search(text, options);
        var known = answers.GetOrCreateValue(snapshot);
        var question = new Question(text, options.Take, options.Prefix, options.Prefer.Systems is [var os] ? os : null, options.Prefer.Devices is [var kind] ? kind : null);
        if (known.TryGetValue(question, out var answer)) return answer;
        if (known.Count >= Most) known.Clear();
        return known[question] = snapshot.Search(text, options);
    }
}

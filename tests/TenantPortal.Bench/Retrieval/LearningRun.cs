using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>Tickets in the order they came, each asked of what was learned from those before it and of nothing later. Where no document has two queries, the first halves
/// of all come first and the second halves later: other words for the same trouble.</summary>
internal static class LearningRun
{
    private static readonly HashSet<string> NoNames = [];

    public static int Run(RetrievalSet given, bool isScoped)
    {
        var set = given.Queries.SelectMany(query => given.Relevant[query.Id]).GroupBy(id => id, StringComparer.Ordinal).Any(group => group.Skip(1).Any()) ? given : Halved(given);
        var index = new RetrievalIndex(set.Documents, isScoped);
        var lessons = new Dictionary<string, List<Lesson>>(StringComparer.Ordinal);
        var (before, after) = (new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        var learning = new RetrievalIndex(set.Documents, isScoped);
        foreach (var query in set.Queries)
        {
            before[query.Id] = Ids(index, query);
            after[query.Id] = Ids(learning, query);
            foreach (var solved in set.Relevant[query.Id])
            {
                if (!lessons.TryGetValue(solved, out var known)) lessons[solved] = known = [];
                if (known.Count > 0) repeated.Add(query.Id);
                // each ticket is another person's
                known.Insert(0, new Lesson(Guid.NewGuid(), LearnedWords.Of(query.Text, NoNames)));
                if (known.Count > LearnedWords.MostTickets) known.RemoveAt(known.Count - 1);
                learning.Learn(solved, LearnedWords.Field(known, people: 1));
            }
        }

        Print("all tickets", _ => true);
        Print("whose guide solved one before", query => repeated.Contains(query.Id));
        Print("whose guide had solved none", query => set.Relevant[query.Id].Any() && !repeated.Contains(query.Id));
        return 0;

        void Print(string what, Func<QueryLine, bool> which)
        {
            if (!set.Queries.Any(which)) return;
            var (plain, learned) = (RetrievalScores.Of(set, before, which), RetrievalScores.Of(set, after, which));
            Console.WriteLine($"{what}\n  without  {plain}\n  learned  {learned}\n  gain     {learned.Over(plain)}");
        }
    }

    private static RetrievalSet Halved(RetrievalSet set)
    {
        var halves = new[] { 0, 1 }.SelectMany(half => set.Queries.Select(query => query with { Id = $"{query.Id} {half + 1}", Text = Half(query.Text, half) })).ToList();
        var relevant = halves.SelectMany(half => set.Relevant[half.Id[..half.Id.LastIndexOf(' ')]].Select(document => (half.Id, document))).ToLookup(pair => pair.Id, pair => pair.document, StringComparer.Ordinal);
        return new RetrievalSet(set.Documents, halves, relevant);
    }

    private static string Half(string text, int half)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', half == 0 ? words.Take(words.Length / 2) : words.Skip(words.Length / 2));
    }

    private static IReadOnlyList<string> Ids(RetrievalIndex index, QueryLine query) => [.. index.Rank(query, new SearchOptions { Take = RetrievalIndex.Depth }).Select(hit => hit.Id)];
}

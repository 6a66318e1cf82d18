using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>The same queries with one idea left out at a time.</summary>
internal static class Ablation
{
    public static void Run(RetrievalSet set, bool isScoped, RetrievalIndex index, RetrievalScores whole)
    {
        foreach (var idea in Enum.GetValues<Idea>().Where(idea => idea != Idea.None)) Print($"without {idea}", index, new SearchOptions { Take = RetrievalIndex.Depth, Without = idea });
        Print("without Repair", index, new SearchOptions { Take = RetrievalIndex.Depth, Repair = false });
        Print("without title's own field", new RetrievalIndex(set.Documents, isScoped, isTitleFolded: true), new SearchOptions { Take = RetrievalIndex.Depth });

        void Print(string what, RetrievalIndex searched, SearchOptions options)
        {
            var ranked = set.Queries.ToDictionary(query => query.Id, query => (IReadOnlyList<string>)[.. searched.Rank(query, options).Select(hit => hit.Id)], StringComparer.Ordinal);
            var scores = RetrievalScores.Of(set, ranked, _ => true);
            Console.WriteLine($"{what,-26} {scores}  whole over this {whole.Over(scores)}");
        }
    }
}

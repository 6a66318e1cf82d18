namespace TenantPortal.Domain.Search;

/// <summary>The ways in which one word of a query can be met by the vocabulary of one snapshot.</summary>
internal sealed class WordReadings(InvertedIndex index, QueryPlan plan, bool repairs, int queryLength)
{
    /// <summary>A word said twice is a little more important, not twice as much.</summary>
    public const float Repetition = 0.5f;
    private const int MostRepairs = 12;
    private const int MostCandidates = 3;
    private const int MostCompounds = 16;
    private const int FewWords = 8;

    public static float Weight(Token word) => WordLists.Courtesy.Contains(word.Text) ? Weights.CourtesyWord : WordLists.Stop.Contains(word.Text) ? Weights.StopWord : 1;

    public Concept Of(Token word)
    {
        var stem = index.Find(Term.Stem(word.Stem));
        var own = index.Find(word.Text);
        var concept = new Concept(word.Text, Weight(word), stem >= 0 ? index.IdfOf(stem) : own >= 0 ? index.IdfOf(own) : index.RarestIdf);
        if (Sources(word.Text, word.Stem, 1, own >= 0 ? MatchKind.Word : MatchKind.Stem) is { Count: > 0 } sources) concept.Clauses.Add(new Clause(sources));
        if (Folding.Spelled(word.Text) is { } spelled) Add(concept, spelled, Weights.Joined, MatchKind.Word);
        if (concept.Weight < 1 || word.Kinds.HasFlag(TokenKinds.Protected)) return concept;
        AddFamily(concept, word);
        if (concept.Clauses.Count == 0 || queryLength <= FewWords) AddCompounds(concept, word);
        if (concept.Clauses.Count == 0) AddParts(concept, word);
        if (concept.Clauses.Count == 0 && repairs && plan.Repairs.Count < MostRepairs && word.Text.All(char.IsLetter)) AddRepairs(concept, word);
        return concept;
    }

    public List<Source> Sources(string text, string stem, float weight, MatchKind kind)
    {
        var sources = new List<Source>(2);
        if (index.Find(Term.Stem(stem)) is >= 0 and var root) sources.Add(new Source(root, weight * (1 - Weights.OwnSpelling), text, kind));
        if (index.Find(text) is >= 0 and var own) sources.Add(new Source(own, weight * Weights.OwnSpelling, text, kind));
        return sources;
    }

    private void Add(Concept concept, string text, float weight, MatchKind kind)
    {
        if (Sources(text, EnglishStem.Of(Folding.Fold(text)), weight, kind) is { Count: > 0 } sources) concept.Clauses.Add(new Clause(sources));
    }

    /// <summary>Who prints needs a printer: stems that Porter keeps apart.</summary>
    private void AddFamily(Concept concept, Token word)
    {
        if (word.Stem.Length < 4) return;
        AddStem(concept, word.Stem + "er");
        if (word.Stem.EndsWith("er", StringComparison.Ordinal) && word.Stem.Length > 5) AddStem(concept, word.Stem[..^2]);
    }

    private void AddStem(Concept concept, string stem)
    {
        if (index.Find(Term.Stem(stem)) is >= 0 and var term) concept.Clauses.Add(new Clause([new Source(term, Weights.WordFamily, stem, MatchKind.WordFamily)]));
    }

    private void AddCompounds(Concept concept, Token word)
    {
        foreach (var compound in index.Spelling.CompoundsWith(word.Text).Take(MostCompounds))
            if (index.Find(Term.Stem(EnglishStem.Of(Folding.Fold(compound)))) is >= 0 and var term && !concept.Clauses.Exists(clause => clause.Sources[0].Term == term))
                concept.Clauses.Add(new Clause([new Source(term, Weights.Compound, compound, MatchKind.Compound)]));
    }

    private void AddParts(Concept concept, Token word)
    {
        if (Spelling.Parts(word.Text, part => part.Length > 2 && index.Find(part) >= 0 && !WordLists.Stop.Contains(part)) is not { } parts) return;
        var first = Sources(parts.First, EnglishStem.Of(Folding.Fold(parts.First)), Weights.Compound, MatchKind.Compound);
        first.AddRange(Sources(parts.Second, EnglishStem.Of(Folding.Fold(parts.Second)), Weights.Compound, MatchKind.Compound));
        concept.Clauses.Add(new Clause(first));
    }

    private void AddRepairs(Concept concept, Token word)
    {
        var near = index.Spelling.Near(word.Text, MostCandidates);
        foreach (var (candidate, edits) in near) Add(concept, candidate, edits == 1 ? Weights.Repair : Weights.Repair / 2, MatchKind.Repair);
        if (near.Count > 0) plan.Repairs.Add(new Repair(word.Text, near[0].Word));
    }
}

namespace TenantPortal.Domain.Search;

/// <summary>The ways in which the words of a query can be met by the vocabulary of one snapshot.</summary>
internal sealed class WordReadings(SearchSnapshot snapshot, QueryPlan plan, bool repairs)
{
    /// <summary>A word said twice is a little more important, not twice as much.</summary>
    public const float Repetition = 0.5f;
    private const int MostRepairs = 12;
    private const int MostCandidates = 3;
    private const int MostCompounds = 16;
    private const int FewWords = 8;
    private readonly InvertedIndex index = snapshot.Index;
    private readonly bool isShort = plan.Words.Count <= FewWords;
    private readonly List<Clause> clauses = [];

    public WordReading Of(Token word)
    {
        var recent = isShort ? snapshot.WordsOfShortQueries : snapshot.WordsOfLongQueries;
        if (recent.Find(word) is { } known) return known;
        var reading = Read(word);
        recent.Keep(word, reading);
        return reading;
    }

    /// <summary>What one place of the query asks for; a word that nobody wrote is repaired while there are few of them.</summary>
    public Concept Concept(Token word, WordReading reading)
    {
        if (!reading.MayBeMistyped || !repairs || plan.Repairs.Count >= MostRepairs) return new Concept(word.Text, reading.Weight, reading.Idf, reading.Clauses) { IsEveryday = reading.Weight < 1 };
        reading.Repair ??= RepairOf(word.Text);
        if (reading.Repair.Repair is { } repair) plan.Repairs.Add(repair);
        return new Concept(word.Text, reading.Weight, reading.Idf, reading.Repair.Clauses);
    }

    public static Source[] Sources(InvertedIndex index, string text, string stem, float weight, MatchKind kind) => Sources(index.FindStem(stem), index.Find(text), text, weight, kind);

    /// <summary>A word that the query does not say itself, by its own stem.</summary>
    public Source[] Sources(string text, float weight, MatchKind kind) => Sources(index, text, EnglishStem.Of(Folding.Fold(text)), weight, kind);

    private WordReading Read(Token word)
    {
        var weight = WordLists.Courtesy.Contains(word.Text) ? Weights.CourtesyWord : WordLists.Stop.Contains(word.Text) ? Weights.StopWord : 1;
        var stem = index.FindStem(word.Stem);
        var own = index.Find(word.Text);
        clauses.Clear();
        if (Sources(stem, own, word.Text, 1, own >= 0 ? MatchKind.Word : MatchKind.Stem) is { Length: > 0 } sources) clauses.Add(new Clause(sources, IsNested: true));
        if (Folding.Spelled(word.Text) is { } spelled) Add(Sources(spelled, Weights.Joined, MatchKind.Word));
        var isPlain = weight >= 1 && !word.IsProtected;
        if (isPlain)
        {
            AddFamily(word.Stem);
            if (clauses.Count == 0 || isShort) AddCompounds(word.Text);
            if (clauses.Count == 0) AddParts(word.Text);
        }

        var idf = stem >= 0 ? index.IdfOf(stem) : own >= 0 ? index.IdfOf(own) : index.IdfOfUnknown;
        return new WordReading(word.Stem, weight, stem, idf, [.. clauses], isPlain && clauses.Count == 0 && word.Text.All(char.IsLetter), weight < 1 ? [] : snapshot.Letters.Of(word.Text));
    }

    private static Source[] Sources(int stem, int own, string text, float weight, MatchKind kind)
    {
        var root = new Source(stem, weight * (1 - Weights.OwnSpelling), text, kind);
        var exact = new Source(own, weight * Weights.OwnSpelling, text, kind);
        if (stem < 0) return own < 0 ? [] : [exact];
        return own < 0 ? [root] : [root, exact];
    }

    private void Add(Source[] sources)
    {
        if (sources.Length > 0) clauses.Add(new Clause(sources));
    }

    /// <summary>Who prints needs a printer: stems that Porter keeps apart.</summary>
    private void AddFamily(string stem)
    {
        if (stem.Length < 4) return;
        if (index.FindStem(stem, "er") is >= 0 and var longer) clauses.Add(new Clause([new Source(longer, Weights.WordFamily, stem + "er", MatchKind.WordFamily)]));
        if (!stem.EndsWith("er", StringComparison.Ordinal) || stem.Length <= 5) return;
        if (index.FindStem(stem.AsSpan(0, stem.Length - 2)) is >= 0 and var shorter) clauses.Add(new Clause([new Source(shorter, Weights.WordFamily, stem[..^2], MatchKind.WordFamily)]));
    }

    private void AddCompounds(string word)
    {
        foreach (var compound in index.Spelling.CompoundsWith(word, MostCompounds))
            if (index.FindStem(EnglishStem.Of(Folding.Fold(compound))) is >= 0 and var term && !clauses.Exists(clause => clause.Sources[0].Term == term))
                clauses.Add(new Clause([new Source(term, Weights.Compound, compound, MatchKind.Compound)]));
    }

    private void AddParts(string word)
    {
        if (Spelling.Parts(word, index) is not { } parts) return;
        clauses.Add(new Clause([.. Sources(parts.First, Weights.Compound, MatchKind.Compound), .. Sources(parts.Second, Weights.Compound, MatchKind.Compound)]));
    }

    private WordRepair RepairOf(string word)
    {
        clauses.Clear();
        Repair? nearest = null;
        foreach (var (candidate, edits) in index.Spelling.Near(word, MostCandidates))
        {
            nearest ??= new Repair(word, candidate);
            Add(Sources(candidate, edits == 1 ? Weights.Repair : Weights.Repair / 2, MatchKind.Repair));
        }

        return new WordRepair([.. clauses], nearest);
    }
}

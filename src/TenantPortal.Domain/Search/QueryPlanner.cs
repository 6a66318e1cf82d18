namespace TenantPortal.Domain.Search;

/// <summary>Reads a query in the light of one snapshot: what it asks for, by which words that may be met, and what it cannot know.</summary>
internal sealed class QueryPlanner
{
    // a pasted log has hundreds of words; its rarest say what it is about
    private const int MostConcepts = 64;
    private readonly SearchSnapshot snapshot;
    private readonly InvertedIndex index;
    private readonly SearchOptions options;
    private readonly string query;
    private readonly IReadOnlyList<Token> tokens;
    private readonly List<Token> words;
    private readonly WordReadings readings;
    private readonly QueryPlan plan = new();

    private QueryPlanner(SearchSnapshot snapshot, string query, SearchOptions options)
    {
        (this.snapshot, this.query, this.options) = (snapshot, query, options);
        index = snapshot.Index;
        var analysis = Analyzer.Analyse(query);
        tokens = analysis.Tokens;
        words = [.. tokens.Where(token => token.IsWord && !token.IsOverlay)];
        readings = new WordReadings(index, plan, options.Repair, words.Count);
        plan.IsTruncated = analysis.IsTruncated;
    }

    public static QueryPlan Plan(SearchSnapshot snapshot, string query, SearchOptions options) => new QueryPlanner(snapshot, query, options).Run();

    private QueryPlan Run()
    {
        AddCodes();
        if (plan.IsHopeless) return plan;
        AddNames();
        AddPhrases();
        if (plan.IsHopeless) return plan;
        for (var at = 0; at < words.Count;) at += AddWords(at);
        if (options.Prefix && words.Count > 0) AddPrefix(words[^1]);
        LiftEverydayWords();
        Merge();
        AddPairs();
        return plan;
    }

    /// <summary>Codes are required in a look-up. A query of nothing but unknown codes has no answer: a similar code is another fault.</summary>
    private void AddCodes()
    {
        var codes = tokens.Where(token => token.IsCode).GroupBy(token => (token.Start, token.Length)).ToList();
        if (codes.Count == 0) return;
        var covered = codes.Select(code => code.Key).ToList();
        var others = words.Count(word => !covered.Exists(code => word.Start >= code.Start && word.Start + word.Length <= code.Start + code.Length) && word.Text is not ("kb" or "error" or "code" or "event" or "id"));
        var lookUp = words.Count <= Weights.LookUpWords;
        foreach (var code in codes)
        {
            var typed = query.Substring(code.Key.Start, Math.Min(code.Key.Length, query.Length - code.Key.Start));
            var sources = code.Select(token => Whole(token, MatchKind.Code)).OfType<Source>().ToList();
            var concept = new Concept(typed, Weights.Code, sources.Count > 0 ? sources.Max(source => index.IdfOf(source.Term)) : index.RarestIdf) { IsRequired = lookUp };
            if (sources.Count > 0) concept.Clauses.Add(new Clause(sources));
            // the words of ERR_CONNECTION_RESET in that order are the code as people write it down
            var parts = words.Where(word => word.Start >= code.Key.Start && word.Start + word.Length <= code.Key.Start + code.Key.Length).Select(word => word.Stem).ToList();
            if (parts.Count > 1 && Phrase(typed, parts, MatchKind.Phrase, Weights.CodeInWords) is { } phrase) concept.Clauses.Add(phrase);
            if (concept.Clauses.Count > 0) plan.Concepts.Add(concept);
            else if (!plan.UnknownCodes.Contains(typed)) plan.UnknownCodes.Add(typed);
        }

        var isOnlyCodes = others == 0 && lookUp;
        plan.IsHopeless = isOnlyCodes && plan.Concepts.Count == 0;
        plan.IsRelaxed = plan.UnknownCodes.Count > 0 && !plan.IsHopeless;
        if (plan.Concepts.Count > 1)
            foreach (var concept in plan.Concepts) concept.IsRequired = false;
    }

    private void AddNames()
    {
        foreach (var token in tokens)
        {
            if (!token.IsIdentifier || token.IsCode || Whole(token, MatchKind.Name) is not { } source) continue;
            var concept = new Concept(token.Text, 1, index.IdfOf(source.Term));
            concept.Clauses.Add(new Clause([source]));
            plan.Concepts.Add(concept);
        }
    }

    private Source? Whole(Token token, MatchKind kind) =>
        index.Find(Term.Identifier(token.Text)) is >= 0 and var term ? new Source(term, 1, token.Text, kind) : null;

    /// <summary>A quoted phrase is required in a short query; in a mail it may quote a message that no guide repeats.</summary>
    private void AddPhrases()
    {
        var quoted = 0;
        for (var open = query.IndexOf('"', StringComparison.Ordinal); open >= 0 && quoted < words.Count;)
        {
            var close = query.IndexOf('"', open + 1);
            if (close < 0) return;
            var inside = words.Where(word => word.Start > open && word.Start + word.Length <= close).Select(word => word.Stem).ToList();
            quoted += inside.Count;
            if (inside.Count > 1)
            {
                var text = query[(open + 1)..close];
                var phrase = Phrase(text, inside, MatchKind.Phrase);
                var only = quoted == words.Count;
                if (phrase is not null)
                {
                    var concept = new Concept(text, 1, phrase.Sources[0].Phrase!.Idf) { IsRequired = only || words.Count <= Weights.LookUpWords };
                    concept.Clauses.Add(phrase);
                    plan.Concepts.Add(concept);
                }
                else if (only) plan.IsHopeless = true;
                else plan.IsRelaxed = true;
            }

            open = query.IndexOf('"', close + 1);
        }
    }

    private Clause? Phrase(string text, IReadOnlyList<string> stems, MatchKind kind, float weight = 1)
    {
        var matches = PhraseFinder.Find(snapshot, stems);
        return matches.Documents.Count == 0 ? null : new Clause([new Source(-1, weight, text, kind, matches)]);
    }

    /// <summary>Adds the concept that starts here and says how many words it took.</summary>
    private int AddWords(int at)
    {
        var span = 1;
        for (var length = Math.Min(snapshot.Synonyms.Longest, words.Count - at); length > 1 && span == 1; length--)
            if (snapshot.Synonyms.Knows(words, at, length)) span = length;
        var joined = at + 1 < words.Count && span <= 2 ? JoinedWith(at) : null;
        if (joined is not null) span = 2;
        var readingsOfSpan = words.Skip(at).Take(span).Select(readings.Of).ToList();
        if (span == 1 && readingsOfSpan[0] is var single && !snapshot.Synonyms.Knows(words, at, 1))
        {
            plan.Concepts.Add(single);
            return 1;
        }

        // the words of one meaning count once: their best clauses together, or any other way to say it
        var text = string.Join(' ', readingsOfSpan.Select(reading => reading.Text));
        var whole = new Concept(text, readingsOfSpan.Max(reading => reading.Weight), readingsOfSpan.Max(reading => reading.Idf));
        if (span == 1) whole.Clauses.AddRange(readingsOfSpan[0].Clauses);
        else whole.Clauses.Add(new Clause([.. readingsOfSpan.SelectMany(reading => reading.Clauses.Take(1).SelectMany(clause => clause.Sources.Select(source => source with { Weight = source.Weight * reading.Weight })))]));
        if (joined is not null) whole.Clauses.Add(new Clause([.. readings.Sources(joined, EnglishStem.Of(Folding.Fold(joined)), Weights.Joined, MatchKind.Joined)]));
        foreach (var phrase in snapshot.Synonyms.For(words, at, span))
            if ((phrase.Count == 1 ? Single(phrase[0]) : Phrase(string.Join(' ', phrase.Select(word => word.Text)), [.. phrase.Select(word => word.Stem)], MatchKind.Synonym, Weights.Synonym)) is { } clause) whole.Clauses.Add(clause);
        if (whole.Clauses.Count > 1) whole.Weight = Math.Max(whole.Weight, 1);
        plan.Concepts.Add(whole);
        return span;
    }

    private Clause? Single(Token word) => readings.Sources(word.Text, word.Stem, Weights.Synonym, MatchKind.Synonym) is { Count: > 0 } sources ? new Clause(sources) : null;

    /// <summary>"wi fi" is wifi and "one drive" is OneDrive where the documents write it so.</summary>
    private string? JoinedWith(int at)
    {
        var (first, second) = (words[at], words[at + 1]);
        if (second.Position != first.Position + 1 || first.Text.Length + second.Text.Length is < 4 or > 30 || WordLists.Stop.Contains(first.Text)) return null;
        var joined = first.Text + second.Text;
        return index.Find(joined) >= 0 && !WordLists.Stop.Contains(joined) ? joined : null;
    }

    private void AddPrefix(Token last)
    {
        if (last.Start + last.Length != query.Length || plan.Concepts.Count == 0) return;
        var concept = plan.Concepts[^1];
        foreach (var word in index.Beginning(last.Text, 48).Concat(index.Beginning(Term.Identifier(last.Text), 16)))
            if (word != last.Text) concept.Clauses.Add(new Clause([new Source(index.Find(word), Weights.Prefix, word.TrimStart(Term.IdentifierSign), MatchKind.Prefix)]));
        concept.Weight = Math.Max(concept.Weight, 1);
        plan.Repairs.RemoveAll(repair => repair.Typed == last.Text);
    }

    /// <summary>"the who" and "IT" are queries too: where nothing has weight, everything has.</summary>
    private void LiftEverydayWords()
    {
        if (plan.Concepts.Exists(concept => concept.Weight >= 1 && concept.Clauses.Count > 0)) return;
        foreach (var concept in plan.Concepts) concept.Weight = 1;
    }

    private void Merge()
    {
        var seen = new Dictionary<string, Concept>(StringComparer.Ordinal);
        foreach (var concept in plan.Concepts)
            if (seen.TryGetValue(concept.Text, out var first)) first.Weight += concept.Weight * WordReadings.Repetition;
            else seen.Add(concept.Text, concept);
        if (seen.Count == plan.Concepts.Count && seen.Count <= MostConcepts) return;
        plan.Concepts.Clear();
        plan.Concepts.AddRange(seen.Count <= MostConcepts ? seen.Values : seen.Values.OrderByDescending(concept => concept.IsRequired).ThenByDescending(concept => concept.Clauses.Count > 0 ? concept.Weight * concept.Idf : 0).Take(MostConcepts));
    }

    private void AddPairs()
    {
        for (var i = 0; i + 1 < words.Count && plan.Pairs.Count < MostConcepts; i++)
        {
            if (WordReadings.Weight(words[i]) < 1 || WordReadings.Weight(words[i + 1]) < 1) continue;
            var first = index.Find(Term.Stem(words[i].Stem));
            var second = index.Find(Term.Stem(words[i + 1].Stem));
            if (first >= 0 && second >= 0) plan.Pairs.Add(new Pair(first, second, Weights.Neighbours * Math.Min(index.IdfOf(first), index.IdfOf(second)), words[i].Text + " " + words[i + 1].Text));
        }
    }
}

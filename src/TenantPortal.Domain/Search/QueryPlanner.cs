namespace TenantPortal.Domain.Search;

/// <summary>Reads a query in the light of one snapshot: what it asks for, by which words that may be met, and what it cannot know.</summary>
internal sealed class QueryPlanner
{
    // a pasted log has hundreds of words; its rarest say what it is about
    private const int MostConcepts = 64;
    private const int LongestJoined = 30;
    private readonly SearchSnapshot snapshot;
    private readonly InvertedIndex index;
    private readonly SearchOptions options;
    private readonly string query;
    private readonly IReadOnlyList<Token> tokens;
    private readonly List<Token> words;
    private readonly WordReadings readings;
    private readonly List<WordReading> read;
    private readonly QueryPlan plan;

    private QueryPlanner(SearchSnapshot snapshot, string query, SearchOptions options)
    {
        (this.snapshot, this.query, this.options) = (snapshot, query, options);
        index = snapshot.Index;
        var analysis = Analyzer.Analyse(query);
        tokens = analysis.Tokens;
        words = new List<Token>(tokens.Count);
        foreach (var token in tokens)
            if (token.IsWord && !token.IsOverlay) words.Add(token);
        read = new List<WordReading>(words.Count);
        plan = new QueryPlan { Words = words, Readings = read, IsTruncated = analysis.IsTruncated, Without = options.Without };
        readings = new WordReadings(snapshot, plan, options.Repair);
    }

    public static QueryPlan Plan(SearchSnapshot snapshot, string query, SearchOptions options) => new QueryPlanner(snapshot, query, options).Run();

    private QueryPlan Run()
    {
        if (!plan.Without.HasFlag(Idea.Identifiers)) AddCodes();
        if (plan.IsHopeless) return plan;
        if (!plan.Without.HasFlag(Idea.Identifiers)) AddNames();
        AddPhrases();
        if (plan.IsHopeless) return plan;
        foreach (var word in words) read.Add(readings.Of(word));
        for (var at = 0; at < words.Count;) at += AddWords(at);
        if (options.Prefix && words.Count > 0) AddPrefix(words[^1]);
        LiftEverydayWords();
        Merge();
        Damp();
        if (!plan.Without.HasFlag(Idea.Neighbours)) AddPairs();
        return plan;
    }

    /// <summary>Codes are required in a look-up. A query of nothing but unknown codes has no answer: a similar code is another fault.</summary>
    private void AddCodes()
    {
        if (!tokens.Any(token => token.IsCode)) return;
        var codes = tokens.Where(token => token.IsCode).GroupBy(token => (token.Start, token.Length)).ToList();
        var lookUp = words.Count <= Weights.LookUpWords;
        foreach (var code in codes)
        {
            var typed = query.Substring(code.Key.Start, Math.Min(code.Key.Length, query.Length - code.Key.Start));
            var sources = code.Select(token => Whole(token, MatchKind.Code)).OfType<Source>().ToArray();
            var clauses = new List<Clause>(2);
            if (sources.Length > 0) clauses.Add(new Clause(sources));
            // the words of ERR_CONNECTION_RESET in that order are the code as people write it down
            var parts = words.Where(word => word.Start >= code.Key.Start && word.Start + word.Length <= code.Key.Start + code.Key.Length).Select(word => word.Stem).ToList();
            if (parts.Count > 1 && PhraseFinder.Clause(snapshot, typed, parts, MatchKind.Phrase, Weights.CodeInWords) is { } phrase) clauses.Add(phrase);
            var idf = sources.Length > 0 ? sources.Max(source => index.IdfOf(source.Term)) : index.RarestIdf;
            if (clauses.Count > 0) plan.Concepts.Add(new Concept(typed, lookUp ? Weights.Code : Weights.CodeInText, idf, [.. clauses]) { IsRequired = lookUp });
            else if (!plan.UnknownCodes.Contains(typed)) plan.UnknownCodes.Add(typed);
        }

        var isOnlyCodes = lookUp && !words.Exists(word => word.Text is not ("kb" or "error" or "code" or "event" or "id")
            && !codes.Exists(code => word.Start >= code.Key.Start && word.Start + word.Length <= code.Key.Start + code.Key.Length));
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
            plan.Concepts.Add(new Concept(token.Text, Weights.Name, index.IdfOf(source.Term), [new Clause([source])]));
        }
    }

    private Source? Whole(Token token, MatchKind kind) =>
        index.Find(Term.Identifier(token.Text)) is >= 0 and var term ? new Source(term, 1, token.Text, kind) : null;

    /// <summary>A quoted phrase is required in a short query; in a mail it may quote a message that no guide repeats.</summary>
    private void AddPhrases()
    {
        var (quoted, phrases, at) = (0, 0, 0);
        for (var open = query.IndexOf('"', StringComparison.Ordinal); open >= 0 && quoted < words.Count && phrases < Weights.MostPhrases;)
        {
            var close = query.IndexOf('"', open + 1);
            if (close < 0) return;
            while (at < words.Count && words[at].Start <= open) at++;
            var inside = words.Skip(at).TakeWhile(word => word.Start + word.Length <= close).Select(word => word.Stem).ToList();
            quoted += inside.Count;
            if (inside.Count > 1)
            {
                phrases++;
                var text = query[(open + 1)..close];
                var only = quoted == words.Count;
                if (PhraseFinder.Clause(snapshot, text, inside, MatchKind.Phrase, weight: 1) is { Sources: [{ Phrase.Idf: var idf }] } phrase)
                    plan.Concepts.Add(new Concept(text, 1, idf, [phrase]) { IsRequired = only || words.Count <= Weights.LookUpWords });
                else if (only) plan.IsHopeless = true;
                else plan.IsRelaxed = true;
            }

            open = query.IndexOf('"', close + 1);
        }
    }

    /// <summary>Adds the concept that starts here and says how many words it took.</summary>
    private int AddWords(int at)
    {
        var meaning = snapshot.Synonyms.At(words, at);
        var span = meaning?.Stems.Count ?? 1;
        var joined = span <= 2 && at + 1 < words.Count ? JoinedWith(at) : null;
        if (joined is null && meaning is null)
        {
            plan.Concepts.Add(readings.Concept(words[at], read[at]));
            return 1;
        }

        if (joined is not null && span == 1) (meaning, span) = (null, 2);
        plan.Concepts.Add(Together(at, span, joined, meaning));
        return span;
    }

    /// <summary>The words of one meaning count once: their best clauses together, or any other way to say it.</summary>
    private Concept Together(int at, int span, string? joined, Meaning? meaning)
    {
        var said = new List<Concept>(span);
        for (var place = at; place < at + span; place++) said.Add(readings.Concept(words[place], read[place]));
        var whole = said[0];
        if (span > 1) whole = new Concept(string.Join(' ', said.Select(word => word.Text)), said.Max(word => word.Weight), said.Max(word => word.Idf), [Best(said)]);
        if (joined is not null) whole.Clauses = [.. whole.Clauses, new Clause(readings.Sources(joined, Weights.Joined, MatchKind.Joined))];
        if (meaning is not null) whole.Clauses = [.. whole.Clauses, .. snapshot.Glossary.Of(meaning)];
        if (whole.Clauses.Length > 1) (whole.Weight, whole.IsEveryday) = (Math.Max(whole.Weight, 1), false);
        return whole;
    }

    private static Clause Best(List<Concept> said) => new([.. said.SelectMany(word => word.Clauses.Take(1).SelectMany(clause => clause.Sources.Select(source => source with { Weight = source.Weight * word.Weight })))]);

    /// <summary>"wi fi" is wifi and "one drive" is OneDrive where the documents write it so.</summary>
    private string? JoinedWith(int at)
    {
        var (first, second) = (words[at], words[at + 1]);
        var length = first.Text.Length + second.Text.Length;
        if (second.Position != first.Position + 1 || length is < 4 or > LongestJoined || WordLists.Stop.Contains(first.Text)) return null;
        return index.Joined(first.Text, second.Text);
    }

    private void AddPrefix(Token last)
    {
        if (last.Start + last.Length != query.Length || plan.Concepts.Count == 0) return;
        var concept = plan.Concepts[^1];
        var longer = index.Beginning(last.Text, 48).Concat(index.Beginning(Term.Identifier(last.Text), 16)).Where(word => word.Text != last.Text);
        concept.Clauses = [.. concept.Clauses, .. longer.Select(word => new Clause([new Source(word.Term, Weights.Prefix, word.Text.TrimStart(Term.IdentifierSign), MatchKind.Prefix)]))];
        (concept.Weight, concept.IsEveryday) = (Math.Max(concept.Weight, 1), false);
        plan.Repairs.RemoveAll(repair => repair.Typed == last.Text);
    }

    /// <summary>"the who" and "IT" are queries too: where nothing has weight, everything has.</summary>
    private void LiftEverydayWords()
    {
        if (plan.Concepts.Exists(concept => concept.Weight >= 1 && concept.Clauses.Length > 0)) return;
        foreach (var concept in plan.Concepts) (concept.Weight, concept.IsEveryday) = (1, false);
    }

    private void Merge()
    {
        var seen = new Dictionary<string, Concept>(plan.Concepts.Count, StringComparer.Ordinal);
        foreach (var concept in plan.Concepts)
            if (seen.TryGetValue(concept.Text, out var first)) first.Weight += concept.Weight * WordReadings.Repetition;
            else seen.Add(concept.Text, concept);
        if (seen.Count == plan.Concepts.Count && seen.Count <= MostConcepts) return;
        plan.Concepts.Clear();
        plan.Concepts.AddRange(seen.Count <= MostConcepts ? seen.Values : seen.Values.OrderByDescending(concept => concept.IsRequired).ThenByDescending(concept => concept.Clauses.Length > 0 ? concept.Weight * concept.Idf : 0).Take(MostConcepts));
    }

    /// <summary>The more a query says, the more its rare words must decide, and the less its everyday words.</summary>
    private void Damp()
    {
        foreach (var concept in plan.Concepts)
            if (!concept.IsEveryday) plan.ContentConcepts++;
        if (plan.Without.HasFlag(Idea.Damping)) return;
        if (plan.ContentConcepts >= Weights.ManyConcepts) plan.Concepts.RemoveAll(static concept => concept.IsEveryday);
        var power = Weights.Damping * plan.ContentConcepts / (plan.ContentConcepts + Weights.DampingHalf);
        foreach (var concept in plan.Concepts) concept.Weight *= MathF.Pow(concept.Idf / index.RarestIdf, power);
    }

    private void AddPairs()
    {
        for (var i = 0; i + 1 < words.Count && plan.Pairs.Count < Neighbours.MostPairs; i++)
        {
            var (first, second) = (read[i], read[i + 1]);
            if (first.Weight < 1 || second.Weight < 1 || first.StemTerm < 0 || second.StemTerm < 0) continue;
            plan.Pairs.Add(new Pair(first.StemTerm, second.StemTerm, Weights.Neighbours * Math.Min(first.Idf, second.Idf), words[i].Text, words[i + 1].Text));
        }
    }
}

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene as it comes: EnglishAnalyzer, BM25, title and text in one field, the tenant as a filter. */
public final class LuceneBench {
    private static final int DEPTH = 100;

    public static void main(String[] args) throws Exception {
        List<String[]> documents = lines(args[0]), queries = lines(args[1]);
        boolean scoped = args[3].equals("scoped");
        Analyzer analyzer = new EnglishAnalyzer();
        var directory = new ByteBuffersDirectory();
        long start = System.nanoTime();
        var config = new IndexWriterConfig(analyzer);
        config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        try (var writer = new IndexWriter(directory, config)) {
            for (String[] line : documents) {
                var document = new Document();
                document.add(new StringField("id", line[0], Field.Store.YES));
                document.add(new StringField("tenant", line[1], Field.Store.NO));
                document.add(new TextField("text", line[2], Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        double indexing = (System.nanoTime() - start) / 1e9;
        var searcher = new IndexSearcher(DirectoryReader.open(directory));
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        BooleanQuery.setMaxClauseCount(100000);
        try (var out = new PrintWriter(new OutputStreamWriter(new FileOutputStream(args[2]), StandardCharsets.UTF_8))) {
            for (String[] line : queries)
                for (ScoreDoc hit : searcher.search(query(analyzer, line, scoped), DEPTH).scoreDocs)
                    out.println(line[0] + "\t" + searcher.doc(hit.doc).get("id"));
        }
        int measured = documents.size() > 20000 ? Math.min(queries.size(), 600) : 5000, warm = Math.min(measured, 3000);
        double[] times = new double[measured];
        for (int i = -warm; i < measured; i++) {
            String[] line = queries.get((i + warm) % queries.size());
            long from = System.nanoTime();
            searcher.search(query(analyzer, line, scoped), 10);
            if (i >= 0) times[i] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "lucene  documents %d  indexed %.0f/s  ms p50 %.3f  p95 %.3f  p99 %.3f%n", documents.size(), documents.size() / indexing,
            times[measured / 2], times[measured * 95 / 100], times[measured * 99 / 100]);
    }

    private static Query query(Analyzer analyzer, String[] line, boolean scoped) throws IOException {
        var query = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("text", line[2])) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) query.add(new TermQuery(new Term("text", term.toString())), BooleanClause.Occur.SHOULD);
            tokens.end();
        }
        var words = query.build();
        if (!scoped || line[1].isEmpty()) return words;
        return new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST).add(new TermQuery(new Term("tenant", line[1])), BooleanClause.Occur.FILTER).build();
    }

    private static List<String[]> lines(String path) throws IOException {
        var lines = new ArrayList<String[]>();
        for (String line : Files.readAllLines(Path.of(path), StandardCharsets.UTF_8)) lines.add(line.split("\t", 3));
        return lines;
    }
}
